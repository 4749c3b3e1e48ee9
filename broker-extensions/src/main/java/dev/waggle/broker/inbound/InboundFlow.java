package dev.waggle.broker.inbound;

import dev.waggle.broker.gateway.Connection;
import dev.waggle.broker.gateway.InboundPublish;
import dev.waggle.broker.inbound.ReadingGate.Cause;
import dev.waggle.broker.outbound.Errands;
import dev.waggle.broker.outbound.Outflow;
import dev.waggle.broker.refusals.Refused.What;
import dev.waggle.spec.RunsOn;
import dev.waggle.spec.message.Activity;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import dev.waggle.spec.message.Reply;
import dev.waggle.store.Outcome;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The publishes of one connection: taken over, handed on, and answered in the order in which they came (PROTOCOL §3).
 */
@RunsOn("connection")
public final class InboundFlow {
    private static final int RECEIVE_MAXIMUM_EXCEEDED = 0x93;

    private final Connection connection;
    private final Errands errands;
    private final Outflow outflow;
    private final ReadingGate gate;
    private final Brake brake;
    private final InboundDoors doors;
    private final Consumer<Activity> states;
    private final PublishReader reader;
    private final Answers answers;
    private final Handover handover;
    private final Holding holding;
    private final OpenPackets packets = new OpenPackets();
    private final Releases releases;
    private final TokenBucket nowBucket;
    /** In the order of the publishes. */
    private final ArrayDeque<Exchange> unanswered = new ArrayDeque<>(0);

    private int owed;
    private boolean keepsPackets;

    /**
     * @param errands of this connection
     * @param outflow where {@code sent} and {@code reply} leave
     * @param gate pauses and resumes reading
     * @param states learns what the device is doing
     * @param brake for whoever heeds no refusal
     */
    public InboundFlow(
            Connection connection,
            Errands errands,
            Outflow outflow,
            ReadingGate gate,
            Brake brake,
            InboundDoors doors,
            Consumer<Activity> states) {
        this.connection = connection;
        this.errands = errands;
        this.outflow = outflow;
        this.gate = gate;
        this.brake = brake;
        this.doors = doors;
        this.states = states;
        this.reader = new PublishReader(connection, doors.access(), doors.limits(), doors.bounds(), doors.clock());
        this.answers = new Answers(connection, outflow);
        this.handover = new Handover(connection, errands, outflow, doors);
        this.holding = new Holding(connection, doors);
        this.releases = new Releases(connection, errands, doors.store(), doors.clock(), packets);
        this.nowBucket = doors.rates().nowBucket();
    }

    /**
     * The session is open.
     *
     * @param hasRecord true if the device has a record that keeps QoS 2 packet ids
     * @param openPackets those that it kept
     */
    public void opened(boolean hasRecord, Set<Integer> openPackets) {
        keepsPackets = hasRecord;
        packets.restore(openPackets);
    }

    /** @return false if the host shall have it */
    public boolean publish(InboundPublish publish) {
        Intake intake = reader.read(publish, keepsPackets);
        if (intake instanceof Intake.ToHost) {
            return false;
        }
        if (publish.qos() == 2 && isRepeat(publish, intake)) {
            return true;
        }
        Exchange exchange = exchange(publish, intake);
        if (exchange.qos == 2) {
            exchange.restored = packets.get(exchange.packetId) != null;
            packets.underWay(exchange.packetId);
        }
        if (intake instanceof Intake.Refused refused) {
            exchange.refuse(refused.rejection());
        } else if (intake instanceof Intake.Now || intake instanceof Intake.State) {
            unstored(intake, exchange);
        } else {
            handover.add(exchange);
        }
        gate.set(Cause.WAITING, handover.isStuck());
        limit();
        if (exchange.stage == Exchange.Stage.READY) {
            errands.wake();
        }
        return true;
    }

    private Exchange exchange(InboundPublish publish, Intake intake) {
        Exchange exchange;
        if (intake instanceof Intake.ForStore work) {
            exchange = new Exchange(
                    this,
                    publish,
                    work.conversation(),
                    work.id(),
                    work,
                    work.command().now());
        } else if (intake instanceof Intake.Refused refused) {
            exchange = new Exchange(this, publish, refused.conversation(), refused.id(), intake, now());
        } else {
            exchange = new Exchange(this, publish, null, null, intake, now());
        }
        unanswered.add(exchange);
        if (exchange.qos > 0) {
            owed++;
        }
        return exchange;
    }

    /** A client that respects Receive Maximum never meets either limit. */
    private void limit() {
        int most = doors.limits().receiveMaximum();
        boolean mqtt5 = connection.profile().mqtt5();
        int open = owed + packets.answeredHere();
        if (mqtt5 && owed > most || open > (mqtt5 ? 2 * most : Handover.MOST_OPEN_PACKETS)) {
            connection.disconnect(RECEIVE_MAXIMUM_EXCEEDED, "more than " + most + " publishes without an answer");
        }
        gate.set(Cause.FULL, (mqtt5 ? unanswered.size() - owed : unanswered.size()) >= most);
    }

    /** A QoS 2 publish with an id that is taken is no new message. */
    private boolean isRepeat(InboundPublish publish, Intake intake) {
        OpenPackets.Packet packet = packets.get(publish.packetId());
        if (packet == null || (packet.stage() == OpenPackets.Stage.RESTORED && intake instanceof Intake.Send)) {
            return false;
        }
        if (packet.stage() != OpenPackets.Stage.UNDER_WAY) {
            Exchange again = exchange(publish, intake);
            again.repeats = true;
            again.succeed(packet.sent());
            limit();
            errands.wake();
        }
        return true;
    }

    /** What is not kept costs little, and no more often than this. */
    private void unstored(Intake intake, Exchange exchange) {
        OverLimit over = doors.rates().takeNow(nowBucket);
        if (over != null) {
            exchange.refuse(Rejection.of(Refusal.RATE_LIMITED, over.message()));
        } else {
            if (intake instanceof Intake.State state) {
                states.accept(state.activity());
            } else if (intake instanceof Intake.Now now) {
                doors.ephemerals()
                        .now(
                                now.conversation()
                                        .of(connection.profile().identity().user()),
                                connection.profile().identity().actor().author(),
                                now.payload(),
                                now.properties());
            }
            exchange.succeed(null);
        }
    }

    /** @return false if the packet id is not that of a publish taken over */
    public boolean released(int packetId) {
        boolean ours = releases.released(packetId);
        if (ours) {
            errands.wake();
        }
        return ours;
    }

    Errands errands() {
        return errands;
    }

    /** The store has decided. */
    void decided(Exchange exchange, Outcome outcome) {
        if (exchange.screened != null) {
            doors.screening().settled(exchange.screened, outcome);
        }
        if (outcome instanceof Outcome.Accepted accepted) {
            exchange.succeed(accepted.reply() instanceof Reply.Sent sent ? sent : null);
        } else if (outcome instanceof Outcome.Rejected rejected) {
            exchange.refuse(rejected.rejection());
        } else if (doors.stopping().getAsBoolean()) {
            exchange.stage = Exchange.Stage.DROPPED;
        } else {
            exchange.failedAt = now();
            exchange.refuse(Holding.STORE_FAILED);
        }
    }

    /** Gives the answers whose turn it is and hands on what waits. Not flushed. */
    public void settle() {
        handover.work();
        releases.work();
        Exchange first = unanswered.peek();
        while (first != null && isOver(first)) {
            unanswered.remove();
            if (first.qos > 0) {
                owed--;
            }
            first = unanswered.peek();
        }
        gate.set(Cause.HELD, first != null && first.stage == Exchange.Stage.READY);
        gate.set(Cause.WAITING, handover.isStuck());
        limit();
    }

    private boolean isOver(Exchange exchange) {
        if (exchange.stage == Exchange.Stage.DROPPED) {
            return true;
        }
        if (exchange.stage != Exchange.Stage.READY || answers.mustHold(exchange)) {
            return false;
        }
        if (exchange.qos == 2 && !exchange.repeats) {
            answered(exchange);
        }
        answers.give(exchange);
        Rejection rejection = exchange.rejection;
        doors.traffic().answered(rejection == null ? null : rejection.refusal());
        if (rejection != null) {
            brake.pull(doors.rates().takeRefusal(connection.identity()));
            doors.refusals().refused(What.PUBLISH, connection.profile(), rejection.mqttReason(), rejection.message());
        }
        return true;
    }

    private void answered(Exchange exchange) {
        boolean refused = exchange.rejection != null;
        if (refused && connection.profile().mqtt5()) {
            packets.free(exchange.packetId);
        } else {
            packets.answered(exchange.packetId, !refused && exchange.isKept(), exchange.sent);
        }
    }

    /** True while something waits that only time can move. */
    public boolean needsTicks() {
        Exchange first = unanswered.peek();
        return handover.isWaiting()
                || !releases.isIdle()
                || (first != null && first.stage == Exchange.Stage.READY && answers.mustHold(first));
    }

    /** Time has passed: tries again what waits. {@link #settle} follows. */
    public void tick() {
        holding.tick(unanswered, answers);
        releases.tick();
    }

    private long now() {
        return doors.clock().millis();
    }
}
