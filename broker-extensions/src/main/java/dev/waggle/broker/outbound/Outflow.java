package dev.waggle.broker.outbound;

import dev.waggle.broker.gateway.Connection;
import dev.waggle.broker.gateway.Delivery;
import dev.waggle.broker.marks.MarkLimits;
import dev.waggle.broker.marks.MarkNews;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.Limits;
import dev.waggle.spec.RunsOn;
import dev.waggle.spec.UserId;
import dev.waggle.spec.codec.OwnJson;
import dev.waggle.spec.codec.PayloadJson;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.Rejection;
import dev.waggle.spec.message.Reply;
import dev.waggle.spec.topic.TopicFormatter;
import dev.waggle.store.Reads;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Everything that goes out on one connection beside plain acknowledgements: deliveries, gaps, answers, ephemerals. */
@RunsOn("connection")
public final class Outflow {
    private final UserId me;
    private final Connection connection;
    private final Screen screen;
    private final Notices notices;
    private final InboxFeed feed;
    private final MarkFeed marks;
    private final DeviceWindow window;
    private final Traffic traffic;

    /**
     * @param errands of this connection
     * @param reads where pages come from
     */
    public Outflow(
            Connection connection,
            Errands errands,
            Reads reads,
            Limits limits,
            MarkLimits markLimits,
            InstantSource clock,
            Traffic traffic) {
        this.me = connection.profile().identity().user();
        this.connection = connection;
        this.screen = new Screen(connection, me, clock);
        ReceiveQuota quota = new ReceiveQuota(connection.profile().receiveMaximum());
        this.notices = new Notices(connection, quota, screen);
        this.marks = new MarkFeed(me, connection, errands, reads, screen, notices, markLimits);
        this.feed = new InboxFeed(me, connection, errands, reads, screen, traffic);
        this.traffic = traffic;
        this.window = new DeviceWindow(limits, quota, feed);
        feed.serves(window);
    }

    /**
     * The device has a record: its filters are in force; unless it never subscribed, what waits is due.
     *
     * @param olderSentUntil entries before this time may have gone out on a connection that has not ended yet, or 0
     */
    public void resume(Reply.SessionOpened opened, long olderSentUntil) {
        screen.filters(screen.filters().with(opened.filters()));
        opened.withheldBefore().forEach(screen::withhold);
        screen.begin(Math.max(opened.dupBefore(), olderSentUntil), opened.setAside(), opened.inboxEnd());
        marks.resume(opened.marksAt());
        if (opened.subscribed()) {
            window.begin(opened.progress(), opened.inboxEnd());
        }
    }

    /**
     * A change of filters is in force.
     *
     * @param reply of the store, or null if it need not know: a transient device gives up filters
     * @param start where to begin if this was the first SUBSCRIBE, or null if it was an UNSUBSCRIBE
     */
    public void changed(
            UnaryOperator<FilterSet> change, Reply.@Nullable FiltersChanged reply, @Nullable DeviceProgress start) {
        screen.filters(change.apply(screen.filters()));
        if (reply == null) {
            return;
        }
        reply.withheldBefore().forEach(screen::withhold);
        if (start != null && !window.hasBegun()) {
            screen.begin(0, Set.of(), reply.inboxEnd());
            window.begin(start, reply.inboxEnd());
        }
    }

    /** Where the inbox ends and what is withheld, after something may have been missed. */
    public void caughtUp(Reply.FiltersChanged now) {
        now.withheldBefore().forEach(screen::withhold);
        window.endsAt(now.inboxEnd());
    }

    public FilterSet filters() {
        return screen.filters();
    }

    public void arrived(Event.EntryAdded added) {
        window.arrived(added.position(), added.entry());
    }

    public void withheld(Event.ConversationWithheld withheld) {
        screen.withhold(withheld.conversation(), withheld.before());
    }

    /** The user has set something for a conversation, perhaps on another device: then this one is told. */
    public void own(Event.OwnChanged changed) {
        window.changed(Afterwards.hiding(changed));
        DeviceId device = connection.profile().identity().device();
        if (device == null || !device.equals(changed.by())) {
            ConversationName name = changed.conversation().seenBy(me);
            notices.offerNewest(TopicFormatter.mine(me, name), OwnJson.mine(changed.own()));
        }
    }

    /**
     * A PUBACK with a packet id of ours.
     *
     * @return true if there may be room now
     */
    public boolean acknowledged(int packetId) {
        if (packetId >= Notices.FIRST_PACKET_ID) {
            notices.acknowledged(packetId);
            marks.acknowledged(packetId);
            return true;
        }
        traffic.acknowledged();
        return window.acknowledged(packetId);
    }

    /** {@code sent} for a message that was stored. */
    public void sent(
            ConversationName conversation, @Nullable String id, long seq, long ts, @Nullable Bytes correlation) {
        notices.offer(TopicFormatter.sent(me, conversation, id), PayloadJson.sent(seq, ts), null, correlation);
    }

    /** {@code sent} for a message that was refused. */
    public void refused(
            ConversationName conversation, @Nullable String id, Rejection rejection, @Nullable Bytes correlation) {
        notices.offer(TopicFormatter.sent(me, conversation, id), PayloadJson.refused(rejection), null, correlation);
    }

    /** The answer to a call. */
    public void reply(String topic, Bytes payload, @Nullable String contentType, @Nullable Bytes correlation) {
        notices.offer(topic, payload, contentType, correlation);
    }

    /** Bytes of answers that wait for the client. */
    public int waitingAnswerBytes() {
        return notices.waitingBytes();
    }

    /** Something that is not kept: sent now with QoS 0, or dropped. */
    public void ephemeral(String topic, Bytes payload, MessageProperties properties) {
        if (screen.filters().qos(topic) == FilterSet.NO_MATCH || !connection.isWritable()) {
            return;
        }
        List<Integer> ids = screen.filters().subscriptionIds(topic);
        Delivery delivery = new Delivery(topic, payload, 0, 0, false, properties, ids, null);
        if (connection.sizeOf(delivery) <= connection.profile().maximumPacketSize()) {
            connection.send(delivery);
        }
    }

    /** Sends what is due and has room. Not flushed. */
    public void pump() {
        notices.pump();
        window.pump();
        marks.pump(window.isDrained());
    }

    /** True if the store could not be read: {@link #retryPage} after a while. */
    public boolean pageFailed() {
        return feed.failed() || marks.failed();
    }

    /** Lets the next {@link #pump} ask again. */
    public void retryPage() {
        feed.retry();
        marks.retry();
    }

    /** Marks of a conversation moved. */
    public void marks(MarkNews news) {
        marks.offer(news);
    }

    /** Marks that changed before this time are known to the device. */
    public long marksKnownUntil(long now) {
        return marks.knownUntil(now);
    }

    public boolean hasNews() {
        return window.hasNews();
    }

    /** How far the device has come; only after {@link #resume} or the first SUBSCRIBE, else {@code null}. */
    public @Nullable DeviceProgress progress() {
        return window.hasBegun() ? window.progress() : null;
    }

    public Map<ConversationId, Long> delivered() {
        return window.delivered();
    }

    /** The store took {@link #progress} and {@link #delivered}. */
    public void told() {
        window.told();
    }

    public List<Long> unacknowledged() {
        return window.unacknowledged();
    }
}
