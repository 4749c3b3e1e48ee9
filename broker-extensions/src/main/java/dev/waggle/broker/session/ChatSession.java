package dev.waggle.broker.session;

import dev.waggle.auth.Identity;
import dev.waggle.auth.Standing;
import dev.waggle.broker.gateway.Connection;
import dev.waggle.broker.gateway.Dialogue;
import dev.waggle.broker.gateway.InboundPublish;
import dev.waggle.broker.gateway.Profile;
import dev.waggle.broker.inbound.Brake;
import dev.waggle.broker.inbound.InboundFlow;
import dev.waggle.broker.inbound.OverLimit;
import dev.waggle.broker.inbound.Rates;
import dev.waggle.broker.inbound.ReadingGate;
import dev.waggle.broker.inbound.ReadingGate.Cause;
import dev.waggle.broker.marks.MarkNews;
import dev.waggle.broker.outbound.Errands;
import dev.waggle.broker.outbound.Outflow;
import dev.waggle.broker.presence.Presence;
import dev.waggle.broker.presence.Viewer;
import dev.waggle.broker.push.LiveDevices;
import dev.waggle.broker.refusals.Refused.What;
import dev.waggle.spec.Author;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.Limits;
import dev.waggle.spec.RunsOn;
import dev.waggle.spec.UserId;
import dev.waggle.spec.codec.PayloadJson;
import dev.waggle.spec.message.Activity;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Filter;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.Reply;
import dev.waggle.spec.topic.TopicFormatter;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection's talk with the chat: it joins what comes in, what goes out, and the device's record. Belongs to the
 * connection's thread; only what is marked otherwise is left here by others, as errands.
 */
final class ChatSession implements Dialogue, Viewer {
    private static final int MAXIMUM_CONNECT_TIME = 0xA0;

    private final Connection connection;
    private final Profile profile;
    private final SessionDoors doors;
    private final long since;
    private final Errands errands;
    private final ReadingGate gate;
    private final Outflow outflow;
    private final InboundFlow inbound;
    private final FilterChanges filters;
    private final SessionProgress progress;
    private final CatchUp catchUp;
    private final Brake brake;
    /** Let go of when the record is open: an idle device costs no byte more than it must. */
    private @Nullable Opening opening;

    private boolean open;
    /** Until when an older connection of this device, not ended yet, may have sent entries; 0 if there was none. */
    private long olderSentUntil;

    private boolean closed;
    private volatile Presence doing;
    private volatile long actedAt;

    ChatSession(Connection connection, SessionDoors doors) {
        this.connection = connection;
        this.profile = connection.profile();
        this.doors = doors;
        this.since = doors.clock().millis();
        this.errands = new Errands(connection, this::settle);
        this.gate = new ReadingGate(connection);
        this.outflow = new Outflow(
                connection,
                errands,
                doors.store().reads(),
                doors.limits(),
                doors.marks(),
                doors.clock(),
                doors.inbound().traffic());
        this.brake = new Brake(gate, doors.clock());
        this.inbound = new InboundFlow(connection, errands, outflow, gate, brake, doors.inbound(), this::does);
        this.doing = new Presence(profile.quiet() ? Activity.OFFLINE : Activity.ACTIVE, since);
        this.filters = new FilterChanges(connection, errands, outflow, doors);
        this.progress = new SessionProgress(connection, outflow, doors);
        this.catchUp = new CatchUp(connection, errands, outflow, doors);
    }

    @Override
    public UserId user() {
        return profile.identity().user();
    }

    Errands errands() {
        return errands;
    }

    /** Commands of one connection are decided in order. */
    Object source() {
        return connection;
    }

    @Override
    public void open(Consumer<Welcome> answer) {
        DeviceId device = profile.identity().device();
        int others = 0;
        for (ChatSession other : doors.registry().sessionsOf(user())) {
            if (!other.profile.clientId().equals(profile.clientId())) {
                others++;
            } else if (device != null) {
                olderSentUntil = doors.clock().millis() + 1;
            }
        }
        Welcome.Out no = doors.guards().join(profile, others);
        if (no != null) {
            answer.accept(no);
            return;
        }
        doors.registry().add(this);
        doors.presence().changed(user());
        if (device == null) {
            // A thing without a device has no record and no inbox.
            answer.accept(new Welcome.In(false, 0, List.of()));
            return;
        }
        gate.set(Cause.OPENING, true);
        Opening begun = new Opening(this, doors, profile, device, answer);
        opening = begun;
        begun.work();
        watch();
    }

    /**
     * The record is open.
     *
     * @return filters that the host serves
     */
    List<Filter> opened(Reply.SessionOpened opened) {
        opening = null;
        open = true;
        DeviceId device = profile.identity().device();
        boolean hasRecord = opened.epoch() > 0 && device != null;
        inbound.opened(hasRecord, opened.openPackets());
        if (hasRecord && device != null) {
            filters.keep(device, opened.progress());
            outflow.resume(opened, olderSentUntil);
        }
        progress.opened(opened);
        gate.set(Cause.OPENING, false);
        return filters.restored(opened.filters().stream()
                .filter(filter -> !outflow.filters().isOwn(filter.topic()))
                .toList());
    }

    @Override
    public boolean publish(InboundPublish publish) {
        if (endIfExpired(doors.clock().millis())) {
            return true;
        }
        actedAt = doors.clock().millis();
        boolean taken = inbound.publish(publish);
        if (!taken) {
            slow(rates().takeOrdinary(connection.identity()));
        }
        return taken;
    }

    /** Between the end of a token and the next sweep, too, nothing is taken that comes with it; any thread. */
    boolean endIfExpired(long now) {
        boolean expired = identity().expiresAt() <= now;
        if (expired) {
            disconnect(MAXIMUM_CONNECT_TIME, "token expired");
        }
        return expired;
    }

    @Override
    public boolean acknowledged(int packetId) {
        if (packetId < Limits.FIRST_ENTRY_PACKET_ID) {
            return false;
        }
        if (outflow.acknowledged(packetId)) {
            errands.wake();
        }
        return true;
    }

    @Override
    public boolean released(int packetId) {
        return inbound.released(packetId);
    }

    @Override
    public void subscribe(List<Filter> asked, Consumer<List<Filter>> proceed) {
        filters.subscribe(asked, proceed);
        gate.set(Cause.FILTERS, !filters.isIdle());
        slow(rates().takeFilters(connection.identity()));
    }

    @Override
    public void refusedFilters(int reasonCode, String reason) {
        doors.guards().journal().refused(What.SUBSCRIBE, profile, reasonCode, reason);
    }

    @Override
    public void unsubscribe(List<String> topics, Runnable proceed) {
        filters.unsubscribe(topics, proceed);
        gate.set(Cause.FILTERS, !filters.isIdle());
        slow(rates().takeFilters(connection.identity()));
    }

    @Override
    public void renewing() {
        slow(rates().takeRenewal(connection.identity()));
    }

    private Rates rates() {
        return doors.inbound().rates();
    }

    private void slow(@Nullable OverLimit over) {
        brake.pull(over);
        if (brake.isOn()) {
            watch();
        }
    }

    @Override
    public void renewed() {
        filters.renewed();
        gate.set(Cause.FILTERS, !filters.isIdle());
    }

    @Override
    public void disconnecting(@Nullable Long sessionExpirySeconds) {
        progress.disconnecting(sessionExpirySeconds);
    }

    @Override
    public void writabilityChanged() {
        errands.wake();
    }

    @Override
    public boolean mayLeaveWill(String topic, int qos, boolean retain) {
        Identity now = connection.identity();
        return doors.standings().of(now) == Standing.GOOD
                && doors.inbound().access().publish(now, topic, qos, retain).allowed();
    }

    @Override
    public void closed() {
        closed = true;
        doors.registry().remove(this);
        doors.presence().gone(this);
        doors.presence().changed(user());
        doors.waiting().remove(this);
        if (opening == null ? open : opening.gone()) {
            progress.close();
        }
    }

    /** Something of this user's inbox is durable. */
    @RunsOn("committer")
    void committed(Event.OfInbox event) {
        errands.add(() -> {
            if (event instanceof Event.EntryAdded added) {
                outflow.arrived(added);
            } else if (event instanceof Event.ConversationWithheld withheld) {
                outflow.withheld(withheld);
            } else if (event instanceof Event.OwnChanged changed) {
                outflow.own(changed);
            }
        });
    }

    /** The store was opened again: what a failed write held may be durable. */
    @RunsOn("committer")
    void mayHaveMissed() {
        errands.add(catchUp::begin);
    }

    /** An ephemeral for this user; any thread. A device in a pocket is left alone. */
    void now(ConversationId conversation, Author from, Bytes payload, MessageProperties properties) {
        if (activity() != Activity.BACKGROUND) {
            String topic = TopicFormatter.now(user(), conversation.seenBy(user()), from);
            errands.add(() -> outflow.ephemeral(topic, payload, properties));
        }
    }

    private void does(Activity activity) {
        if (activity != doing.state()) {
            doing = new Presence(activity, doors.clock().millis());
            doors.presence().changed(user());
        }
    }

    /** What this device is doing, and since when; any thread. */
    Presence doing() {
        return doing;
    }

    @Override
    public Activity activity() {
        return doing.state();
    }

    @Override
    public void presence(UserId user, Presence presence) {
        String topic = TopicFormatter.presence(user(), user);
        Bytes payload = PayloadJson.presence(presence.state(), presence.since());
        errands.add(() -> outflow.ephemeral(topic, payload, MessageProperties.NONE));
    }

    /** Marks moved; any thread. A thing without a device is told nothing, like the device that moved its own. */
    void marks(MarkNews news) {
        DeviceId device = profile.identity().device();
        if (device != null && !device.equals(news.by())) {
            errands.add(() -> outflow.marks(news));
        }
    }

    /** Ends the connection; any thread. */
    void disconnect(int reasonCode, String reason) {
        connection.disconnect(reasonCode, reason);
    }

    /** Since when it is here, and when somebody last did something; any thread. */
    LiveDevices.Live live() {
        Presence now = doing;
        return new LiveDevices.Live(since, now.state() == Activity.ACTIVE ? Math.max(actedAt, now.since()) : 0);
    }

    /** For operators; any thread. */
    LiveSession described() {
        Identity now = connection.identity();
        return new LiveSession(
                now.user(),
                profile.identity().device(),
                profile.clientId(),
                profile.address(),
                since,
                now.expiresAt(),
                now.issuer(),
                now.tokenId());
    }

    /** As the newest token says; any thread. */
    Identity identity() {
        return connection.identity();
    }

    /** After every batch of errands: what can go out goes out, in one flush. */
    private void settle() {
        if (closed) {
            return;
        }
        inbound.settle();
        outflow.pump();
        gate.set(Cause.FILTERS, !filters.isIdle());
        watch();
        gate.settle();
    }

    /** Asks for a {@link #tick} while something waits that no event will move. */
    private void watch() {
        boolean opens = opening != null && opening.isWaiting();
        boolean asks = catchUp.isWaiting();
        if (opens
                || asks
                || brake.isOn()
                || inbound.needsTicks()
                || filters.isWaiting()
                || outflow.hasNews()
                || outflow.pageFailed()) {
            doors.waiting().add(this);
        }
    }

    /** Some time has passed; any thread. */
    void tick() {
        errands.add(() -> {
            if (opening != null) {
                opening.work();
            }
            filters.work();
            catchUp.work();
            brake.work();
            inbound.tick();
            outflow.retryPage();
            progress.flush();
        });
    }
}
