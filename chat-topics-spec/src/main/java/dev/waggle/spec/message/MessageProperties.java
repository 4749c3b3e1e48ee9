package dev.waggle.spec.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What travels with a body from the sender's MQTT 5 PUBLISH to every receiver (MQTT 5 §3.3.2.3).
 *
 * @param contentType Content Type, or null
 * @param utf8 Payload Format Indicator 1
 * @param expirySeconds Message Expiry Interval as the sender gave it, 0 = never
 * @param user User Properties in their order
 */
public record MessageProperties(
        @Nullable String contentType, boolean utf8, long expirySeconds, List<UserProperty> user) {

    /** One User Property: a name and a value, both UTF-8. */
    public record UserProperty(String name, String value) {}

    public static final MessageProperties NONE = new MessageProperties(null, false, 0, List.of());

    public MessageProperties {
        user = List.copyOf(user);
        if (expirySeconds < 0 || expirySeconds > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("expirySeconds must be 0…4294967295");
        }
    }
}
