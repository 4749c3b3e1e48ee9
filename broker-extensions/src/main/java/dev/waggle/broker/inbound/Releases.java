package dev.waggle.broker.inbound;

import dev.waggle.auth.Identity;
import dev.waggle.broker.gateway.Connection;
import dev.waggle.broker.outbound.Errands;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.RunsOn;
import dev.waggle.spec.message.Command;
import dev.waggle.store.ChatStore;
import dev.waggle.store.Outcome;
import java.time.InstantSource;
import java.util.ArrayDeque;

/**
 * PUBREL to PUBCOMP. An id that the device's record keeps is freed on disk first: after a PUBCOMP the client uses it for
 * another message, which must not be taken for a repeat.
 */
@RunsOn("connection")
final class Releases {
    private final Connection connection;
    private final Errands errands;
    private final ChatStore store;
    private final InstantSource clock;
    private final OpenPackets packets;
    private final ArrayDeque<Integer> waiting = new ArrayDeque<>(0);
    /** Those that the store failed: not tried again before the next {@link #tick}. */
    private final ArrayDeque<Integer> failed = new ArrayDeque<>(0);

    Releases(Connection connection, Errands errands, ChatStore store, InstantSource clock, OpenPackets packets) {
        this.connection = connection;
        this.errands = errands;
        this.store = store;
        this.clock = clock;
        this.packets = packets;
    }

    /** @return false if the id is not ours */
    boolean released(int packetId) {
        OpenPackets.Packet packet = packets.get(packetId);
        if (packet == null) {
            return false;
        }
        if (packet.stage() == OpenPackets.Stage.UNDER_WAY || packet.stage() == OpenPackets.Stage.RELEASING) {
            return true;
        }
        packets.releasing(packetId);
        if (packet.kept()) {
            waiting.add(packetId);
            work();
        } else {
            complete(packetId);
        }
        return true;
    }

    boolean isIdle() {
        return waiting.isEmpty() && failed.isEmpty();
    }

    /** Tries again what failed, once the store is well: the client waits for PUBCOMP. */
    void tick() {
        if (!failed.isEmpty() && store.problems().isEmpty()) {
            waiting.addAll(failed);
            failed.clear();
        }
    }

    /** Hands on what waits, as far as the lane takes it. */
    void work() {
        Identity identity = connection.profile().identity();
        DeviceId device = identity.device();
        while (device != null && !waiting.isEmpty()) {
            int packetId = waiting.element();
            Command release = new Command.ReleasePacket(identity.user(), device, packetId, clock.millis());
            if (!store.submit(connection, release, outcome -> errands.add(() -> settled(packetId, outcome)))) {
                return;
            }
            waiting.remove();
        }
    }

    private void settled(int packetId, Outcome outcome) {
        if (outcome instanceof Outcome.Failed) {
            failed.add(packetId);
        } else {
            complete(packetId);
        }
    }

    private void complete(int packetId) {
        packets.free(packetId);
        connection.complete(packetId);
    }
}
