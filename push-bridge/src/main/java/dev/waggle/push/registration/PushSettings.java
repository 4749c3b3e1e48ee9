package dev.waggle.push.registration;

import dev.waggle.spec.Parsed;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a user wants to be woken, on all devices.
 *
 * @param quiet hours of silence, or null
 * @param doNotDisturbUntil nothing comes before, Unix milliseconds; 0: not set
 * @param elsewhere what happens while the user is active on another device
 * @param elsewhereSeconds how long {@link Elsewhere#DELAY} waits, 1…{@link #MOST_ELSEWHERE_SECONDS}
 * @param mentionsBreakMute being mentioned counts in muted conversations too
 * @param callsBreakQuiet calls come through in quiet hours and while nothing else may disturb
 * @param privacy what pushes may tell, unless a device has its own wish
 */
public record PushSettings(
        @Nullable QuietHours quiet,
        long doNotDisturbUntil,
        Elsewhere elsewhere,
        int elsewhereSeconds,
        boolean mentionsBreakMute,
        boolean callsBreakQuiet,
        Privacy privacy) {

    /** Longer is no delay any more, it is a lost message. */
    public static final int MOST_ELSEWHERE_SECONDS = 600;

    /** As long as nothing was set. */
    public static final PushSettings USUAL = new PushSettings(null, 0, Elsewhere.DELAY, 30, false, false, Privacy.NONE);

    /** What happens while the user is active on another device (F3). */
    public enum Elsewhere {
        /** A push waits a little: it is of no use if the message is read there. */
        DELAY("delay"),
        /** A push goes at once. */
        ALWAYS("always"),
        /** No push as long as the activity lasts. */
        NEVER("never");

        private final String code;

        Elsewhere(String code) {
            this.code = code;
        }

        /** As it stands in JSON. */
        public String code() {
            return code;
        }

        /** Reads a code from untrusted text; never throws. */
        public static Parsed<Elsewhere> parse(String text) {
            for (Elsewhere one : values()) {
                if (one.code.equals(text)) {
                    return Parsed.ok(one);
                }
            }
            return Parsed.bad("must be one of "
                    + Arrays.stream(values()).map(Elsewhere::code).collect(Collectors.joining(", ")));
        }
    }

    /** What a push to this device may tell. */
    public Privacy privacyFor(Registration registration) {
        Privacy own = registration.privacy();
        return own == null ? privacy : own;
    }
}
