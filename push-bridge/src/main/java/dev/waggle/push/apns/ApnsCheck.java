package dev.waggle.push.apns;

import com.eatthepath.pushy.apns.DeliveryPriority;
import com.eatthepath.pushy.apns.PushType;
import com.eatthepath.pushy.apns.util.SimpleApnsPushNotification;
import dev.waggle.push.Address;

/** A request that nobody notices, for what APNs answers to it. */
final class ApnsCheck {
    /** Of no device: the answer is BadDeviceToken, if all before the token is right. */
    private static final String NOBODY = "0".repeat(64);

    private ApnsCheck() {}

    static SimpleApnsPushNotification ofTopic(String topic) {
        return of(NOBODY, topic);
    }

    /** The app is woken for a moment, if the system allows it, and finds nothing to do. */
    static SimpleApnsPushNotification ofDevice(Address.Apns device) {
        return of(device.token(), device.topic());
    }

    private static SimpleApnsPushNotification of(String token, String topic) {
        return new SimpleApnsPushNotification(
                token,
                topic,
                "{\"aps\":{\"content-available\":1}}",
                null,
                DeliveryPriority.CONSERVE_POWER,
                PushType.BACKGROUND);
    }
}
