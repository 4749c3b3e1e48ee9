package dev.waggle.spec.message;

import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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

    /** User Property that names a user whom the message is for in particular; may come several times. */
    public static final String MENTION = "mention";

    /** User Property that says how urgent the message is; {@link #HIGH} is the one value with a meaning. */
    public static final String PRIORITY = "prio";

    public static final String HIGH = "high";

    /** User Property with which a sender says what is to happen to sleeping devices; without it, what their users have set. */
    public static final String PUSH = "push";

    /** Value of {@link #PUSH}: let them sleep. */
    public static final String PUSH_NONE = "none";

    /** Value of {@link #PUSH}: somebody calls; ring now or not at all. */
    public static final String PUSH_CALL = "call";

    /** Mentions of one message: who means more people means all of them. */
    public static final int MAX_MENTIONS = 32;

    public static final MessageProperties NONE = new MessageProperties(null, false, 0, List.of());

    public MessageProperties {
        user = List.copyOf(user);
        if (expirySeconds < 0 || expirySeconds > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("expirySeconds must be 0…4294967295");
        }
    }

    /** True for a message of high priority. */
    public boolean isUrgent() {
        for (UserProperty property : user) {
            if (property.name().equals(PRIORITY) && property.value().equals(HIGH)) {
                return true;
            }
        }
        return false;
    }

    /** The same without a priority. */
    public MessageProperties withoutPriority() {
        List<UserProperty> others = user.stream()
                .filter(property -> !property.name().equals(PRIORITY))
                .toList();
        return new MessageProperties(contentType, utf8, expirySeconds, others);
    }

    /** Who is mentioned, each once, in the order of the properties; a reason if one is no user id or there are too many. */
    public Parsed<List<UserId>> mentions() {
        Set<UserId> mentioned = new LinkedHashSet<>();
        for (UserProperty property : user) {
            if (property.name().equals(MENTION)) {
                Parsed<UserId> id = UserId.parse(property.value());
                if (id instanceof Parsed.Bad<UserId> bad) {
                    return Parsed.bad(MENTION + ": " + bad.reason());
                }
                mentioned.add(id.get());
            }
        }
        return mentioned.size() > MAX_MENTIONS
                ? Parsed.bad("a message mentions at most " + MAX_MENTIONS + " users")
                : Parsed.ok(List.copyOf(mentioned));
    }
}
