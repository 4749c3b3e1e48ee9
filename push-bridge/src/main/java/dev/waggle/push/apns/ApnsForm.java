package dev.waggle.push.apns;

import com.eatthepath.pushy.apns.DeliveryPriority;
import com.eatthepath.pushy.apns.PushType;
import dev.waggle.push.Push;
import org.jspecify.annotations.Nullable;

/** The ways to push at APNs, each with its own rules for headers and payload. */
enum ApnsForm {
    /** Shown by the system. */
    ALERT(PushType.ALERT, DeliveryPriority.IMMEDIATE, 4_096),
    /** Wakes the app at once through PushKit; it must show a call then, or the system ends it. */
    VOIP(PushType.VOIP, DeliveryPriority.IMMEDIATE, 5_120),
    /** Wakes the app for a moment, a few times an hour, unless it was ended by hand. */
    BACKGROUND(PushType.BACKGROUND, DeliveryPriority.CONSERVE_POWER, 4_096),
    /** Changes the number on the app without waking it: as an alert without a text. */
    BADGE(PushType.ALERT, DeliveryPriority.CONSERVE_POWER, 4_096);

    private static final String VOIP_SUFFIX = ".voip";

    private final PushType type;
    private final DeliveryPriority priority;
    private final int mostBytes;

    ApnsForm(PushType type, DeliveryPriority priority, int mostBytes) {
        this.type = type;
        this.priority = priority;
        this.mostBytes = mostBytes;
    }

    /** @return null if such a push cannot be sent to the topic: only calls may go to PushKit */
    static @Nullable ApnsForm of(Push push, String topic) {
        if (isPushKit(topic)) {
            return push.kind() == Push.Kind.CALL ? VOIP : null;
        }
        if (push.kind().isShown()) {
            return ALERT;
        }
        // Only the app can take notifications away; a mere number needs no app.
        return push.dismiss().isEmpty() && push.badge() != null ? BADGE : BACKGROUND;
    }

    /** True for addresses that take calls only. */
    static boolean isPushKit(String topic) {
        return topic.endsWith(VOIP_SUFFIX);
    }

    PushType type() {
        return type;
    }

    DeliveryPriority priority() {
        return priority;
    }

    /** Of the payload. */
    int mostBytes() {
        return mostBytes;
    }
}
