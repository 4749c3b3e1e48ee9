package dev.waggle.push.registration;

import dev.waggle.spec.Parsed;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What a push may tell those who carry it: the provider, the lock screen. */
public enum Privacy {
    /** That there is something, and how much. Neither who nor where nor what. */
    NONE("none"),
    /** Who sent it, or in which group it is. */
    SENDER("sender"),
    /** The sender and the beginning of the text. */
    PREVIEW("preview"),
    /** As {@link #NONE} to all, with the content sealed for the app's own key. */
    SEALED("encrypted");

    private final String code;

    Privacy(String code) {
        this.code = code;
    }

    /** As it stands in JSON. */
    public String code() {
        return code;
    }

    /** True if the sender, the conversation and its name may be told. */
    public boolean tellsWho() {
        return this == SENDER || this == PREVIEW;
    }

    /** Reads a code from untrusted text; never throws. */
    public static Parsed<Privacy> parse(String text) {
        for (Privacy one : values()) {
            if (one.code.equals(text)) {
                return Parsed.ok(one);
            }
        }
        return Parsed.bad(
                "must be one of " + Arrays.stream(values()).map(Privacy::code).collect(Collectors.joining(", ")));
    }
}
