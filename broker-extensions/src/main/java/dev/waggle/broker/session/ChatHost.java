package dev.waggle.broker.session;

import dev.waggle.auth.AccessRules;
import dev.waggle.broker.call.CallHandler;
import dev.waggle.broker.gateway.Connection;
import dev.waggle.broker.gateway.Dialogue;
import dev.waggle.broker.inbound.InboundDoors;
import dev.waggle.broker.inbound.Rates;
import dev.waggle.broker.outbound.Traffic;
import dev.waggle.spec.Limits;
import dev.waggle.store.ChatStore;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Receives connections for the chat, keeps time for them, and sends them away at the end. One for the process. */
public final class ChatHost implements Dialogue.Host {
    private static final int SERVER_SHUTTING_DOWN = 0x8B;
    private static final int MAXIMUM_CONNECT_TIME = 0xA0;
    private static final long SWEEP_MILLIS = 1_000;

    private final SessionDoors doors;
    private final Rates rates;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private long sweepAt;

    /**
     * @param clock the server's time; also the start of this process
     */
    public ChatHost(
            ChatStore store,
            AccessRules access,
            CallHandler calls,
            Limits limits,
            Rates rates,
            InstantSource clock,
            SessionRegistry registry,
            Traffic traffic) {
        Set<ChatSession> waiting = ConcurrentHashMap.newKeySet();
        InboundDoors inbound =
                new InboundDoors(store, access, calls, registry, rates, traffic, limits, clock, stopping::get);
        this.doors = new SessionDoors(
                store, inbound, limits, clock, registry, clock.millis(), waiting, new LateCloses(store));
        this.rates = rates;
    }

    @Override
    public long admit(String address) {
        return rates.takeConnect(address);
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
        long now = doors.clock().millis();
        if (now >= sweepAt || now < sweepAt - SWEEP_MILLIS) {
            sweepAt = now + SWEEP_MILLIS;
            rates.sweep();
            doors.registry().forEach(session -> {
                if (session.expiresAt() <= now) {
                    session.disconnect(MAXIMUM_CONNECT_TIME, "token expired");
                }
            });
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
