package dev.waggle.push.registration;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.codec.JsonForm;

/**
 * Settings as the call {@code push.settings} changes and answers them, and as the store keeps them. {@code {quiet {from, to,
 * zone?, days?, mode?}, doNotDisturbUntil, elsewhere, elsewhereSeconds, mentionsBreakMute, callsBreakQuiet, privacy}}.
 */
public final class PushSettingsJson {
    private PushSettingsJson() {}

    /**
     * Applies the arguments of a call: an absent field leaves the setting as it was, null brings it back to usual. Total.
     */
    public static Parsed<PushSettings> patch(JsonForm form, Bytes arguments, PushSettings before) {
        return Parsed.ok(before);
    }

    /** The answer: every setting. */
    public static Bytes write(JsonForm form, PushSettings settings) {
        return Bytes.EMPTY;
    }

    /** As the store keeps them. */
    public static Bytes encode(PushSettings settings) {
        return Bytes.EMPTY;
    }

    /** What {@link #encode} wrote, now or in an older version. Total. */
    public static Parsed<PushSettings> decode(Bytes stored) {
        return Parsed.ok(PushSettings.USUAL);
    }
}
