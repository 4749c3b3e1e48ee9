package dev.waggle.broker.outbound;

import dev.waggle.broker.gateway.Connection;
import dev.waggle.broker.gateway.Delivery;
import dev.waggle.broker.gateway.Profile;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.RunsOn;
import dev.waggle.spec.UserId;
import dev.waggle.spec.codec.EventPayload;
import dev.waggle.spec.codec.PayloadJson;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.InboxItem;
import dev.waggle.spec.message.MessageProperties;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Filters, size, expiry and rights of one device, looked at when an item is due and not before (PROTOCOL §4), and the
 * packet that is made of an item.
 */
@RunsOn("connection")
final class Screen {
    /** No packet with a body within the limits is larger: clients that take this much need no closer look. */
    private static final int SURE_SIZE = 512 * 1024;

    private static final int MILLIS = 1_000;

    private final Connection connection;
    private final UserId me;
    private final @Nullable DeviceId device;
    private final int maximumPacketSize;
    private final Addressing addressing;
    private final InstantSource clock;
    private FilterSet filters;
    private Map<ConversationId, Long> withheldBefore = Map.of();
    private Set<Long> setAside = Set.of();
    private long dupBefore;
    private long liveAfter = Long.MAX_VALUE;

    Screen(Connection connection, UserId me, InstantSource clock) {
        Profile profile = connection.profile();
        this.connection = connection;
        this.me = me;
        this.device = profile.identity().device();
        this.maximumPacketSize = profile.maximumPacketSize();
        this.addressing = new Addressing(me);
        this.clock = clock;
        this.filters = FilterSet.none(me);
    }

    /**
     * @param endOfInbox entries above it are live: a QoS 0 filter gets them
     */
    void begin(long dupEarlierThan, Set<Long> positionsSetAside, long endOfInbox) {
        dupBefore = dupEarlierThan;
        setAside = positionsSetAside;
        liveAfter = endOfInbox;
    }

    FilterSet filters() {
        return filters;
    }

    void filters(FilterSet next) {
        filters = next;
    }

    /** Entries of the conversation below the position must not go out. */
    void withhold(ConversationId conversation, long before) {
        if (withheldBefore.isEmpty()) {
            withheldBefore = new HashMap<>();
        }
        withheldBefore.merge(conversation, before, Math::max);
    }

    Fate fate(InboxItem item) {
        if (item instanceof InboxItem.Missing missing) {
            return gapOrPass(missing.conversation());
        }
        InboxItem.Entry due = (InboxItem.Entry) item;
        Event.LogEntry entry = due.entry();
        if (device != null && device.equals(entry.device()) && addressing.isMe(entry.from())) {
            return Fate.PASS;
        }
        int qos = filters.takesAll() ? 1 : filters.qos(addressing.topic(entry));
        if (qos == FilterSet.NO_MATCH) {
            return Fate.PASS;
        }
        boolean blocked = entry instanceof Event.MessageErased
                || entry.hiddenFrom().contains(me)
                || isWithheld(due)
                || setAside.contains(due.position())
                || isExpired(entry)
                || isTooLarge(due);
        if (qos == 0) {
            return blocked || due.position() <= liveAfter ? Fate.PASS : Fate.COPY;
        }
        return blocked ? gapOrPass(entry.conversation()) : Fate.SEND;
    }

    /** A notice that the device does not want, or cannot take, is passed over. */
    private Fate gapOrPass(ConversationId conversation) {
        if (filters.takesAll() && maximumPacketSize >= SURE_SIZE) {
            return Fate.GAP;
        }
        String topic = addressing.gap(conversation);
        if (filters.qos(topic) < 1) {
            return Fate.PASS;
        }
        Delivery widest = gap(topic, Long.MAX_VALUE, Long.MAX_VALUE, Flights.packetId(0), false);
        return connection.sizeOf(widest) <= maximumPacketSize ? Fate.GAP : Fate.PASS;
    }

    private boolean isWithheld(InboxItem.Entry due) {
        if (withheldBefore.isEmpty()) {
            return false;
        }
        Long before = withheldBefore.get(due.entry().conversation());
        return before != null && due.position() < before;
    }

    private boolean isExpired(Event.LogEntry entry) {
        if (entry instanceof Event.MessageEdited edited) {
            return edited.expiresAt() != 0 && edited.expiresAt() <= clock.millis();
        }
        return entry instanceof Event.MessageStored message
                && message.properties().expirySeconds() > 0
                && remainingSeconds(message) <= 0;
    }

    private boolean isTooLarge(InboxItem.Entry due) {
        return maximumPacketSize < SURE_SIZE && connection.sizeOf(delivery(due, 1, 1, false)) > maximumPacketSize;
    }

    /** The packet for an entry. */
    Delivery delivery(InboxItem.Entry due, int qos, int packetId, boolean resumed) {
        Event.LogEntry entry = due.entry();
        String topic = addressing.topic(entry);
        boolean dup = qos > 0 && (resumed || entry.ts() < dupBefore);
        List<Integer> ids = filters.subscriptionIds(topic);
        if (entry instanceof Event.MessageStored message) {
            return new Delivery(topic, message.body(), qos, packetId, dup, properties(message), ids, null);
        }
        Bytes json = EventPayload.json(entry);
        return new Delivery(topic, json, qos, packetId, dup, MessageProperties.NONE, ids, null);
    }

    Delivery gap(OpenGap gap, int packetId, boolean resumed) {
        return gap(addressing.gap(gap.conversation()), gap.from(), gap.to(), packetId, resumed);
    }

    private Delivery gap(String topic, long from, long to, int packetId, boolean resumed) {
        List<Integer> ids = filters.subscriptionIds(topic);
        return new Delivery(topic, PayloadJson.gap(from, to), 1, packetId, resumed, MessageProperties.NONE, ids, null);
    }

    private MessageProperties properties(Event.MessageStored message) {
        MessageProperties sent = message.properties();
        return sent.expirySeconds() == 0
                ? sent
                : new MessageProperties(
                        sent.contentType(), sent.utf8(), Math.max(1, remainingSeconds(message)), sent.user());
    }

    /** Rounded up, so that a message is never said to have expired while it has not. */
    private long remainingSeconds(Event.MessageStored message) {
        long expiresAt = message.ts() + message.properties().expirySeconds() * MILLIS;
        return Math.min(
                message.properties().expirySeconds(),
                Math.floorDiv(expiresAt - clock.millis() + MILLIS - 1, (long) MILLIS));
    }
}
