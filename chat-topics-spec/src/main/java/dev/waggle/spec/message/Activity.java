package dev.waggle.spec.message;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.Parsed;
import java.util.Locale;

/** What a device, or of a user the busiest of its devices, is doing (PROTOCOL §2 {@code state}). The busiest first. */
public enum Activity {
    ACTIVE,
    AWAY,
    /** In a pocket: it wants no presence and nothing ephemeral. */
    BACKGROUND,
    /** Connected, and not to be seen. */
    OFFLINE;

    private static final int LONGEST = 10;
    private static final Parsed<Activity> BAD = Parsed.bad("a state is active, away, background or offline");

    /** As it stands in payloads. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The payload of {@code state}. Total: a state or a reason. */
    public static Parsed<Activity> parse(Bytes payload) {
        if (payload.size() <= LONGEST) {
            String text = payload.asUtf8();
            for (Activity activity : values()) {
                if (activity.code().equals(text)) {
                    return Parsed.ok(activity);
                }
            }
        }
        return BAD;
    }
}
