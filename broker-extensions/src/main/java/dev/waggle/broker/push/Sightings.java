package dev.waggle.broker.push;

import dev.waggle.broker.push.LiveDevices.Live;
import dev.waggle.push.registration.PushSettings;
import dev.waggle.push.registration.Registration;
import dev.waggle.push.registration.RegistrationJson;
import dev.waggle.push.rules.Situation;
import dev.waggle.push.rules.Sleeper;
import dev.waggle.push.rules.Waiting;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.MessageProperties.UserProperty;
import dev.waggle.store.Reads;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes of what the store and the connections know what the rules of pushes look at. */
final class Sightings {
    /** More of a text is never shown. */
    private static final int MOST_CODE_POINTS = 1_000;
    /** No app shows a larger number. */
    private static final int MOST_BADGE = 9_999;

    private final LiveDevices live;

    Sightings(LiveDevices live) {
        this.live = live;
    }

    Situation situation(UserId user, Reads.Sleepers seen, PushSettings settings, long now) {
        Map<DeviceId, Live> connected = live.connected(user);
        Map<DeviceId, Long> activity = new HashMap<>();
        connected.forEach((device, one) -> activity.put(device, one.actedAt()));
        List<Waiting> waiting = new ArrayList<>(seen.waiting().size());
        for (Reads.Unpushed one : seen.waiting()) {
            waiting.add(waiting(user, one));
        }
        return new Situation(
                user,
                now,
                seen.last(),
                sleepers(seen, connected),
                activity,
                waiting,
                seen.more(),
                settings,
                badge(seen));
    }

    static int badge(Reads.Sleepers seen) {
        return (int) Math.min(seen.unread(), MOST_BADGE);
    }

    List<Sleeper> sleepers(UserId user, Reads.Sleepers seen) {
        return sleepers(seen, live.connected(user));
    }

    private static List<Sleeper> sleepers(Reads.Sleepers seen, Map<DeviceId, Live> connected) {
        List<Sleeper> sleepers = new ArrayList<>(seen.devices().size());
        for (Reads.Sleeper one : seen.devices()) {
            Parsed<Registration> registration = RegistrationJson.decode(one.registration());
            if (registration.isOk()) {
                Live here = connected.get(one.device());
                sleepers.add(new Sleeper(
                        one.device(),
                        registration.get(),
                        one.handled(),
                        one.progress(),
                        here != null,
                        here == null ? one.lastSeen() : here.since()));
            }
        }
        return sleepers;
    }

    private static Waiting waiting(UserId user, Reads.Unpushed one) {
        Event.LogEntry entry = one.entry();
        if (entry instanceof Event.MessageStored message) {
            MessageProperties properties = message.properties();
            return new Waiting(
                    one.position(),
                    entry.ts(),
                    entry.conversation().seenBy(user),
                    entry.seq(),
                    entry.from().user(),
                    Waiting.Kind.MESSAGE,
                    properties.mentions().fold(mentioned -> mentioned.contains(user), bad -> false),
                    wish(properties),
                    message.expiresAt(),
                    text(properties, message.body()),
                    properties.contentType(),
                    one.own(),
                    one.read(),
                    one.groupName());
        }
        Event.MembersChanged change = (Event.MembersChanged) entry;
        return new Waiting(
                one.position(),
                entry.ts(),
                entry.conversation().seenBy(user),
                entry.seq(),
                entry.from().user(),
                Waiting.Kind.INVITATION,
                false,
                Waiting.Wish.USUAL,
                0,
                null,
                null,
                one.own(),
                one.read(),
                one.groupName() == null ? change.name() : one.groupName());
    }

    private static Waiting.Wish wish(MessageProperties properties) {
        for (UserProperty property : properties.user()) {
            if (property.name().equals(MessageProperties.PUSH)) {
                return switch (property.value()) {
                    case MessageProperties.PUSH_NONE -> Waiting.Wish.NONE;
                    case MessageProperties.PUSH_CALL -> Waiting.Wish.CALL;
                    default -> Waiting.Wish.USUAL;
                };
            }
        }
        return Waiting.Wish.USUAL;
    }

    /** The body, if it is a text for people. */
    private static @Nullable String text(MessageProperties properties, Bytes body) {
        String type = properties.contentType();
        if (type != null && !type.startsWith("text/") && !type.startsWith("image/")) {
            return null;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body.shared()).asReadOnlyBuffer())
                    .toString();
            return text.codePointCount(0, text.length()) <= MOST_CODE_POINTS
                    ? text
                    : text.substring(0, text.offsetByCodePoints(0, MOST_CODE_POINTS));
        } catch (CharacterCodingException binary) {
            return null;
        }
    }
}
