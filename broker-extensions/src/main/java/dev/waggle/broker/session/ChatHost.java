package dev.waggle.broker.session;

import dev.waggle.auth.AccessRules;
import dev.waggle.auth.Standing;
import dev.waggle.auth.revocation.Revocations;
import dev.waggle.broker.call.CallHandler;
import dev.waggle.broker.gateway.Connection;
import dev.waggle.broker.gateway.Dialogue;
import dev.waggle.broker.gateway.Dialogue.Welcome;
import dev.waggle.broker.gateway.Dismissal;
import dev.waggle.broker.inbound.InboundDoors;
import dev.waggle.broker.inbound.MessageBounds;
import dev.waggle.broker.marks.MarkBoard;
import dev.waggle.broker.moderation.Screening;
import dev.waggle.broker.outbound.Traffic;
import dev.waggle.broker.presence.NowFanout;
import dev.waggle.broker.presence.PresenceBoard;
import dev.waggle.spec.Limits;
import dev.waggle.store.ChatStore;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Receives connections for the chat, keeps time for them, and sends them away at the end. One for the process. */
public final class ChatHost implements Dialogue.Host {
    private static final int SERVER_SHUTTING_DOWN = 0x8B;
    private static final long SWEEP_MILLIS = 1_000;

    private final SessionDoors doors;
    private final Guards guards;
    private final MarkBoard marks;
    private final Revocations revocations;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private long sweepAt;
    private long changesSeen;

    /**
     * @param bounds what a message may be
     * @param screening looks at messages before they are stored
     * @param guards what keeps one client from taking the place of others
     * @param clock the server's time; also the start of this process
     * @param marks tells who is here of marks that moved
     * @param presence who watches whom
     * @param revocations whose connections are to end
     */
    public ChatHost(
            ChatStore store,
            AccessRules access,
            CallHandler calls,
            Limits limits,
            MessageBounds bounds,
            Screening screening,
            Guards guards,
            InstantSource clock,
            SessionRegistry registry,
            MarkBoard marks,
            PresenceBoard presence,
            Revocations revocations,
            Traffic traffic) {
        Set<ChatSession> waiting = ConcurrentHashMap.newKeySet();
        InboundDoors inbound = new InboundDoors(
                store,
                access,
                calls,
                new NowFanout(store.reads(), registry, clock),
                guards.rates(),
                traffic,
                guards.journal(),
                limits,
                bounds,
                screening,
                clock,
                stopping::get);
        this.doors = new SessionDoors(
                store,
                inbound,
                guards,
                revocations,
                limits,
                marks.limits(),
                presence,
                clock,
                registry,
                clock.millis(),
                waiting,
                new LateCloses(store));
        this.guards = guards;
        this.marks = marks;
        this.revocations = revocations;
    }

    @Override
    public Welcome.@Nullable Out admit(String address) {
        return guards.admit(address);
    }

    @Override
    public void dismissed(Dismissal dismissal) {
        guards.journal().dismissed(dismissal);
    }

    @Override
    public Dialogue connected(Connection connection) {
        return new ChatSession(connection, doors);
    }

    /**
     * Moves what only time can move: cursors to the store, publishes and sessions that wait. To be called every 50 ms by
     * one timer thread.
     */
    public void tick() {
        for (ChatSession session : doors.waiting()) {
            doors.waiting().remove(session);
            session.tick();
        }
        doors.closes().tick();
        marks.tick(doors.store().reads());
        doors.presence().tick();
        long now = doors.clock().millis();
        boolean due = now >= sweepAt || now < sweepAt - SWEEP_MILLIS;
        if (due) {
            sweepAt = now + SWEEP_MILLIS;
            guards.rates().sweep();
            guards.bans().sweep();
            guards.journal().tick();
        }
        // Asked before the table: what changes meanwhile is seen by the next tick. A connection that was let in just
        // before a change and is listed just after it is seen by the next sweep.
        long changes = revocations.changes();
        if (due || changes != changesSeen) {
            changesSeen = changes;
            doors.registry().forEach(session -> endIfOver(session, now));
        }
    }

    private void endIfOver(ChatSession session, long now) {
        Standing standing = revocations.of(session.identity());
        if (standing != Standing.GOOD) {
            session.disconnect(standing.disconnectCode(), standing.reason());
        } else {
            session.endIfExpired(now);
        }
    }

    /**
     * The server stops: from now on nobody is told that something was not stored, and every connection is ended. The
     * gateway waits for their ends, then the store may close.
     */
    public void stop() {
        stopping.set(true);
        doors.registry().forEach(session -> session.disconnect(SERVER_SHUTTING_DOWN, "the server shuts down"));
    }
}
