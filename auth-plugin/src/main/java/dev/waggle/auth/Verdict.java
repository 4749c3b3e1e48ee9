package dev.waggle.auth;

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
     */
    record Denied(int reasonCode, String reason) implements Verdict {}

    default <R> R fold(Function<Identity, R> granted, Function<Denied, R> denied) {
        return this instanceof Granted ok ? granted.apply(ok.identity()) : denied.apply((Denied) this);
    }
}
