package dev.waggle.broker.moderation;

import java.util.Locale;
import java.util.Optional;

/** What becomes of a message, the mildest first. */
public enum Verdict {
    /** It is stored like any other. */
    ALLOW,
    /** The same, and a moderator gets a report. */
    FLAG,
    /** It is stored, and only its author sees it. */
    SHADOW,
    /** It is not stored. */
    REFUSE;

    /** As it stands in JSON and in metrics. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The verdict of this code, if there is one. */
    public static Optional<Verdict> of(String code) {
        for (Verdict verdict : values()) {
            if (verdict.code().equals(code)) {
                return Optional.of(verdict);
            }
        }
        return Optional.empty();
    }
}
