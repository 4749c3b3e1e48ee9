package dev.waggle.push.apns;

import com.eatthepath.pushy.apns.DeliveryPriority;
import com.eatthepath.pushy.apns.PushType;
import com.eatthepath.pushy.apns.util.SimpleApnsPushNotification;
import dev.waggle.push.Address;
import org.jspecify.annotations.Nullable;

/** A request that nobody notices, for what APNs answers to it. */
final class ApnsCheck {
    /** Of no device: the answer is BadDeviceToken, if all before the token is right. */
    private static final String NOBODY = "0".repeat(64);

    private ApnsCheck() {}

    static SimpleApnsPushNotification ofTopic(String topic) {
        return ApnsForm.isPushKit(topic)
                ? new SimpleApnsPushNotification(
                        NOBODY, topic, "{\"aps\":{}}", null, DeliveryPriority.IMMEDIATE, PushType.VOIP)
                : silent(NOBODY, topic);
    }

    /**
     * The app is woken for a moment, if the system allows it, and finds nothing to do.
     *
     * @return null: at PushKit nothing goes unnoticed
     */
    static @Nullable SimpleApnsPushNotification ofDevice(Address.Apns device) {
        return ApnsForm.isPushKit(device.topic()) ? null : silent(device.token(), device.topic());
    }

    private static SimpleApnsPushNotification silent(String token, String topic) {
        return new SimpleApnsPushNotification(
                token,
                topic,
                "{\"aps\":{\"content-available\":1}}",
                null,
                DeliveryPriority.CONSERVE_POWER,
                PushType.BACKGROUND);
    }
}
