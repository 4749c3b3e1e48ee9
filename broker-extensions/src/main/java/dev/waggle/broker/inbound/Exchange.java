package dev.waggle.broker.inbound;

import dev.waggle.broker.gateway.InboundPublish;
import dev.waggle.broker.moderation.Screened;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.RunsOn;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Rejection;
import dev.waggle.spec.message.Reply;
import dev.waggle.store.Outcome;
import dev.waggle.store.Ticket;
import org.jspecify.annotations.Nullable;

/**
 * One PUBLISH that the chat took over, from its arrival to its answer. Belongs to its connection's thread, except that
 * the committer leaves the outcome.
 */
final class Exchange implements Ticket, Runnable {
    /** How far it is. */
    enum Stage {
        /** Not handed on yet. */
        WAITING,
        /** The store or the call table has it. */
        UNDER_WAY,
        /** It can be answered in its turn. */
        READY,
        /** It will never be answered. */
        DROPPED
    }

    final int packetId;
    final int qos;
    final @Nullable ConversationName conversation;
    final @Nullable String id;
    final @Nullable Bytes correlation;
    final Intake work;
    /** Arrival, Unix milliseconds. */
    final long since;

    Stage stage = Stage.WAITING;
    boolean rateTaken;
    /** A message that was looked at; null as long as it is not, and for all else. */
    @Nullable
    Screened screened;
    /** Set if it was refused. */
    @Nullable
    Rejection rejection;
    /** Set if a message was stored. */
    Reply.@Nullable Sent sent;
    /** Milliseconds of the latest failed attempt, 0 if there was none. */
    long failedAt;

    /** The QoS 2 publish repeats one that was answered on this connection. */
    boolean repeats;
    /** The record of the device has the QoS 2 packet id already: only the store knows the answer. */
    boolean restored;

    private final InboundFlow flow;
    private @Nullable Outcome outcome;

    Exchange(
            InboundFlow flow,
            InboundPublish publish,
            @Nullable ConversationName conversation,
            @Nullable String id,
            Intake work,
            long since) {
        this.flow = flow;
        this.packetId = publish.packetId();
        this.qos = publish.qos();
        this.conversation = conversation;
        this.id = id;
        this.correlation = publish.correlation();
        this.work = work;
        this.since = since;
    }

    @Override
    @RunsOn("committer")
    public void settled(Outcome decided) {
        outcome = decided;
        flow.errands().add(this);
    }

    /** The outcome has come to the connection's thread. */
    @Override
    @RunsOn("connection")
    public void run() {
        Outcome decided = outcome;
        if (decided != null) {
            outcome = null;
            flow.decided(this, decided);
        }
    }

    /** True if the store remembers the QoS 2 packet id together with the message. */
    boolean isKept() {
        return work instanceof Intake.Send send && send.command().qos2PacketId() != null;
    }

    /** What the store is to do. */
    Command command(Intake.ForStore asked) {
        Screened looked = screened;
        return looked == null ? asked.command() : looked.command();
    }

    void refuse(Rejection because) {
        rejection = because;
        stage = Stage.READY;
    }

    void succeed(Reply.@Nullable Sent stored) {
        sent = stored;
        rejection = null;
        stage = Stage.READY;
    }
}
