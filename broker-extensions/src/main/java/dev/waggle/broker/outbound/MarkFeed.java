package dev.waggle.broker.outbound;

import dev.waggle.broker.gateway.Connection;
import dev.waggle.broker.gateway.Delivery;
import dev.waggle.broker.marks.MarkLimits;
import dev.waggle.broker.marks.MarkNews;
import dev.waggle.broker.marks.MarkNews.Told;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.RunsOn;
import dev.waggle.spec.UserId;
import dev.waggle.spec.codec.OwnJson;
import dev.waggle.spec.codec.PayloadJson;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.topic.TopicFormatter;
import dev.waggle.store.Reads;
import dev.waggle.store.Reads.MarkPage;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The marks that one device is told (PROTOCOL §2 {@code mark}): the newest of each conversation, one packet of it under
 * way. A device that was away, or could not keep up, is told what changed meanwhile once its messages are sent.
 */
@RunsOn("connection")
final class MarkFeed {
    /** Conversations that wait; what comes beyond them is read from the store again. */
    private static final int MOST_WAITING = 256;

    /** Packets under way, so that marks never take the whole Receive Maximum. */
    private static final int MOST_FLYING = 8;

    /** A mark reaches its feed within this time: what is as young may not have come yet. */
    private static final long SLACK_MILLIS = 2_000;

    private static final long NEVER = Long.MAX_VALUE;

    private final UserId me;
    private final Connection connection;
    private final Errands errands;
    private final Reads reads;
    private final Screen screen;
    private final Notices notices;
    private final MarkLimits limits;
    // Most devices are idle: they cost no table.
    private @Nullable Map<ConversationName, Waiting> waiting;
    private @Nullable Map<Integer, Flight> flying;
    /** Changes after this time are still to be read from the store. */
    private long behindSince = NEVER;

    /** The same, noticed while that is read. */
    private long missedSince = NEVER;

    private @Nullable ConversationName readUpTo;
    private boolean reading;
    private boolean failed;

    MarkFeed(
            UserId me,
            Connection connection,
            Errands errands,
            Reads reads,
            Screen screen,
            Notices notices,
            MarkLimits limits) {
        this.me = me;
        this.connection = connection;
        this.errands = errands;
        this.reads = reads;
        this.screen = screen;
        this.notices = notices;
        this.limits = limits;
    }

    private record Waiting(Map<UserId, Told> marks, long at) {}

    private record Flight(ConversationName conversation, long at) {}

    /** The device knows the marks up to a time. */
    void resume(long marksAt) {
        behindSince = marksAt;
    }

    /** Something moved. */
    void offer(MarkNews news) {
        Map<ConversationName, Waiting> table = waiting;
        if (table == null) {
            table = new LinkedHashMap<>();
            waiting = table;
        }
        Waiting before = table.get(news.conversation());
        if (before == null && table.size() >= MOST_WAITING) {
            missed(news.at() - 1);
            return;
        }
        Map<UserId, Told> marks = new LinkedHashMap<>(before == null ? Map.of() : before.marks);
        news.marks().forEach((user, told) -> marks.merge(user, told, Told::furthest));
        table.put(news.conversation(), new Waiting(marks, Math.min(news.at(), before == null ? NEVER : before.at)));
    }

    private void missed(long since) {
        if (behindSince == NEVER) {
            behindSince = since;
        } else {
            missedSince = Math.min(missedSince, since);
        }
    }

    /**
     * Sends what waits and has room. Not flushed.
     *
     * @param messagesSent nothing of the inbox waits to be sent
     */
    void pump(boolean messagesSent) {
        if (waiting != null) {
            send(waiting);
        }
        if (messagesSent && waiting == null && behindSince != NEVER && !reading && !failed) {
            read();
        }
    }

    private void send(Map<ConversationName, Waiting> table) {
        Iterator<Map.Entry<ConversationName, Waiting>> each = table.entrySet().iterator();
        Map<ConversationName, Waiting> rests = new LinkedHashMap<>();
        while (each.hasNext() && connection.isWritable()) {
            Map.Entry<ConversationName, Waiting> one = each.next();
            String topic = TopicFormatter.mark(me, one.getKey());
            int qos = screen.filters().qos(topic);
            if (qos == 1 && (isFlying(one.getKey()) || !mayFly())) {
                continue;
            }
            each.remove();
            if (qos != FilterSet.NO_MATCH) {
                Waiting rest = send(topic, qos, one.getKey(), one.getValue());
                if (rest != null) {
                    rests.put(one.getKey(), rest);
                }
            }
        }
        table.putAll(rests);
        if (table.isEmpty()) {
            waiting = null;
        }
    }

    /** @return what did not fit into the client's Maximum Packet Size */
    private @Nullable Waiting send(String topic, int qos, ConversationName conversation, Waiting news) {
        Map<UserId, Told> marks = new LinkedHashMap<>(news.marks);
        Map<UserId, Told> rest = new LinkedHashMap<>();
        while (!marks.isEmpty()
                && connection.sizeOf(delivery(topic, marks, 1, 1))
                        > connection.profile().maximumPacketSize()) {
            for (UserId user : marks.keySet().stream().skip(marks.size() / 2).toList()) {
                Told one = marks.remove(user);
                if (one != null && marks.size() > 0) {
                    rest.put(user, one);
                }
            }
        }
        if (marks.isEmpty()) {
            return null;
        }
        int packetId = 0;
        if (qos == 1) {
            packetId = notices.take();
            Map<Integer, Flight> table = flying == null ? new HashMap<>() : flying;
            table.put(packetId, new Flight(conversation, news.at));
            flying = table;
        }
        connection.send(delivery(topic, marks, qos, packetId));
        return rest.isEmpty() ? null : new Waiting(rest, news.at);
    }

    private Delivery delivery(String topic, Map<UserId, Told> marks, int qos, int packetId) {
        Map<UserId, long[]> pairs = new LinkedHashMap<>();
        marks.forEach((user, told) -> pairs.put(user, new long[] {told.delivered(), told.read()}));
        return new Delivery(
                topic,
                PayloadJson.marks(pairs),
                qos,
                packetId,
                false,
                MessageProperties.NONE,
                screen.filters().subscriptionIds(topic),
                null);
    }

    private boolean isFlying(ConversationName conversation) {
        return flying != null
                && flying.values().stream()
                        .anyMatch(flight -> flight.conversation().equals(conversation));
    }

    private boolean mayFly() {
        return notices.mayTake() && (flying == null || flying.size() < MOST_FLYING);
    }

    /** A PUBACK for a packet id of {@link Notices}. */
    void acknowledged(int packetId) {
        if (flying != null && flying.remove(packetId) != null && flying.isEmpty()) {
            flying = null;
        }
    }

    private void read() {
        if (screen.filters().size() == 0) {
            return;
        }
        reading = true;
        long since = behindSince;
        reads.marks(me, since, readUpTo, limits.readMembers())
                .whenComplete((page, failure) -> errands.add(() -> {
                    reading = false;
                    failed = failure != null;
                    if (failure == null) {
                        page(page, since);
                    }
                }));
    }

    private void page(MarkPage page, long since) {
        page.changed().forEach(changed -> {
            MarkNews news = MarkNews.of(me, changed, limits, since);
            if (news != null) {
                offer(news);
            }
        });
        readUpTo = page.next();
        if (readUpTo == null) {
            readOwn(since, null);
        }
    }

    /** Behind the marks, what the user has set for conversations meanwhile (PROTOCOL §2 {@code mine}). */
    private void readOwn(long since, @Nullable ConversationName after) {
        reading = true;
        reads.own(me, since, after)
                .whenComplete((page, failure) -> errands.add(() -> {
                    reading = false;
                    failed = failure != null;
                    if (failure != null) {
                        return;
                    }
                    page.changed()
                            .forEach((conversation, own) ->
                                    notices.offerNewest(TopicFormatter.mine(me, conversation), OwnJson.mine(own)));
                    if (page.next() != null) {
                        readOwn(since, page.next());
                    } else {
                        behindSince = missedSince;
                        missedSince = NEVER;
                    }
                }));
    }

    /** True if the store could not be read; {@link #retry} allows the next try. */
    boolean failed() {
        return failed;
    }

    void retry() {
        failed = false;
    }

    /** Everything that changed before this time is known to the device. */
    long knownUntil(long now) {
        long until = Math.min(Math.min(behindSince, missedSince), now - SLACK_MILLIS);
        if (waiting != null) {
            for (Waiting one : waiting.values()) {
                until = Math.min(until, one.at - 1);
            }
        }
        if (flying != null) {
            for (Flight one : flying.values()) {
                until = Math.min(until, one.at - 1);
            }
        }
        return Math.max(0, until);
    }
}
