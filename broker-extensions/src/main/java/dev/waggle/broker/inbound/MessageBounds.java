package dev.waggle.broker.inbound;

import dev.waggle.auth.Identity;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.Limits;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a message may be before anybody asks where it goes: the same over MQTT and over HTTP. Immutable. */
public final class MessageBounds {
    private static final Rejection NOT_UTF8 =
            Rejection.badPayload("Payload Format Indicator is 1, but the payload is not UTF-8");

    private final Limits limits;
    private final Set<Actor.Role> hurried;

    /** @param hurried roles whose messages may have priority */
    public MessageBounds(Limits limits, Set<Actor.Role> hurried) {
        this.limits = limits;
        this.hurried = Set.copyOf(hurried);
    }

    /** Why such a message is refused, or null. */
    public @Nullable Rejection refusal(Bytes body, MessageProperties properties) {
        if (body.size() > limits.body()) {
            return Rejection.of(Refusal.TOO_LARGE, "a body has at most " + limits.body() + " bytes");
        }
        return refusal(properties, body);
    }

    /** The same for what has a limit of its own for its size. */
    @Nullable
    Rejection refusal(MessageProperties properties, Bytes body) {
        if (properties == MessageProperties.NONE) {
            return null;
        }
        if (Utf8.size(properties) > limits.properties()) {
            return Rejection.of(
                    Refusal.TOO_LARGE,
                    "Content Type and User Properties have at most " + limits.properties() + " bytes together");
        }
        if (properties.mentions() instanceof Parsed.Bad<List<UserId>> bad) {
            return Rejection.of(Refusal.BAD_REQUEST, bad.reason());
        }
        return properties.utf8() && !Utf8.isValid(body) ? NOT_UTF8 : null;
    }

    /** The properties with which a message of this sender is stored: a priority that the role does not have is left out. */
    public MessageProperties permitted(Identity sender, MessageProperties properties) {
        return properties.isUrgent() && !hurried.contains(sender.role()) ? properties.withoutPriority() : properties;
    }
}
