package dev.waggle.auth;

import java.util.Set;
import java.util.function.Function;

/** What became of a token. */
public sealed interface Verdict {

    /** The token is good. */
    record Granted(Identity identity) implements Verdict {}

    /**
     * The token, or what it was used for, is refused for good.
     *
     * @param reasonCode MQTT 5 CONNACK reason code (§3.2.2.2)
     * @param reason readable; what was wrong and what is allowed, never the token
     * @param offence true: it looks like guessing, and counts against whom it comes from; false: it is late, or our fault
     */
    record Denied(int reasonCode, String reason, boolean offence) implements Verdict {
        private static final Set<Integer> NOBODYS_FAULT = Set.of(0x80, 0x84, 0x88, 0x89, 0x9F);

        /** An offence if the code says that the client is wrong. */
        public Denied(int reasonCode, String reason) {
            this(reasonCode, reason, !NOBODYS_FAULT.contains(reasonCode));
        }

        /** Of a token that was good once. */
        public static Denied late(int reasonCode, String reason) {
            return new Denied(reasonCode, reason, false);
        }
    }

    default <R> R fold(Function<Identity, R> granted, Function<Denied, R> denied) {
        return this instanceof Granted ok ? granted.apply(ok.identity()) : denied.apply((Denied) this);
    }
}
