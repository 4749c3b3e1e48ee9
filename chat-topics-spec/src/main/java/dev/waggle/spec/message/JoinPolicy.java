package dev.waggle.spec.message;

import java.util.Locale;
import java.util.Optional;

/** How somebody comes into a group without being added. Who is banned never does. */
public enum JoinPolicy {
    /** Anybody joins. */
    OPEN,
    /** Anybody asks, and somebody with the right to add says yes or no; who is invited joins. */
    APPROVAL,
    /** Only who is invited joins. */
    INVITE,
    /** Nobody joins, and an invitation is good for nothing as long as it stays so. */
    CLOSED;

    /** As it stands in JSON. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The policy of this code, if there is one. */
    public static Optional<JoinPolicy> of(String code) {
        for (JoinPolicy policy : values()) {
            if (policy.code().equals(code)) {
                return Optional.of(policy);
            }
        }
        return Optional.empty();
    }
}
