package dev.waggle.spec.message;

import java.util.Locale;
import java.util.Optional;

/** From where on the members of a group may read its history. What comes to their inboxes begins at joining always. */
public enum HistoryPolicy {
    /** Each from its own joining. */
    JOINING,
    /** All from the beginning. */
    ALL;

    /** As it stands in JSON. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The policy of this code, if there is one. */
    public static Optional<HistoryPolicy> of(String code) {
        for (HistoryPolicy policy : values()) {
            if (policy.code().equals(code)) {
                return Optional.of(policy);
            }
        }
        return Optional.empty();
    }
}
