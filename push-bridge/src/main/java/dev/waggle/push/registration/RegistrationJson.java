package dev.waggle.push.registration;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.codec.JsonForm;

/**
 * A registration as a device gives it, the arguments of the call {@code push.register}, and as the store keeps it.
 * {@code {provider, token | fid | subscription {endpoint, keys {p256dh, auth}}, topic?, environment?, app?, locale?, zone?,
 * version?, privacy?, texts?, seal? {p256dh, auth}}}. Bytes are base64url, with or without padding.
 */
public final class RegistrationJson {
    private RegistrationJson() {}

    /**
     * Reads the arguments of a call. Total: what does not fit is a reason that names the field and what is allowed.
     *
     * @param at when it came, Unix milliseconds
     */
    public static Parsed<Registration> read(JsonForm form, Bytes arguments, long at) {
        return Parsed.bad("nothing is read yet");
    }

    /** As the store keeps it. Contains what must not be shown. */
    public static Bytes encode(Registration registration) {
        return Bytes.EMPTY;
    }

    /** What {@link #encode} wrote, now or in an older version. Total. */
    public static Parsed<Registration> decode(Bytes stored) {
        return Parsed.bad("nothing is read yet");
    }
}
