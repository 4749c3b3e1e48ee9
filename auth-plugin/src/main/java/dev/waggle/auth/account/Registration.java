package dev.waggle.auth.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** Who may make an account. */
public sealed interface Registration {

    /** Nobody; operators make accounts. */
    record Closed() implements Registration {}

    /** Everybody. */
    record Open() implements Registration {}

    /** @param code a secret that the operator gives to those who may; not empty */
    record Invited(String code) implements Registration {
        @Override
        public String toString() {
            return "Invited[REDACTED]";
        }
    }

    /** @param invite untrusted, or null */
    default boolean admits(@Nullable String invite) {
        if (this instanceof Invited invited) {
            return !invited.code().isEmpty()
                    && invite != null
                    && MessageDigest.isEqual(
                            invite.getBytes(StandardCharsets.UTF_8),
                            invited.code().getBytes(StandardCharsets.UTF_8));
        }
        return this instanceof Open;
    }
}
