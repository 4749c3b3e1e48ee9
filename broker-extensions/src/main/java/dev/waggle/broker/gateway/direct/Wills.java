package dev.waggle.broker.gateway.direct;

import com.hivemq.bootstrap.ClientConnectionContext;
import com.hivemq.mqtt.message.connect.MqttWillPublish;
import com.hivemq.persistence.clientsession.ClientSessionPersistence;
import com.hivemq.persistence.clientsession.PendingWillMessages;
import dev.waggle.broker.gateway.Dialogue;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Wills, which the host sends by itself: only with the right to them at that time, not only at the CONNECT. Those that wait
 * for their Will Delay Interval are looked at again and again. Any thread.
 */
final class Wills {
    /** From the end of a connection to the host's own note of its will; far longer than it takes. */
    private static final long NOTED_AFTER_NANOS = Duration.ofSeconds(10).toNanos();

    private final PendingWillMessages pending;
    private final ClientSessionPersistence sessions;
    /** By client id, at most one for each session that the host keeps. */
    private final Map<String, Absent> absent = new ConcurrentHashMap<>();

    /** Whoever is away and may have left a will that waits. */
    private record Absent(Dialogue dialogue, MqttWillPublish will, long since) {
        boolean mayLeaveIt() {
            return dialogue.mayLeaveWill(will.getTopic(), will.getQos().getQosNumber(), will.isRetain());
        }
    }

    Wills(HostInternals host) {
        this.pending = host.pendingWills();
        this.sessions = host.sessions();
    }

    /** A connection has ended; before the host looks for its will, if it has one. */
    void ended(Channel channel, Dialogue dialogue, @Nullable MqttWillPublish will) {
        if (will == null) {
            return;
        }
        ClientConnectionContext client = ClientConnectionContext.of(channel);
        String clientId = client.getClientId();
        Absent left = new Absent(dialogue, will, System.nanoTime());
        if (!left.mayLeaveIt()) {
            client.setPreventLwt(true);
        } else if (will.getDelayInterval() > 0 && clientId != null) {
            absent.put(clientId, left);
        }
    }

    /** Takes back the wills of those who have lost the right to them; to be called every second. */
    void tick() {
        absent.forEach((clientId, left) -> {
            if (pending.getPendingWills().containsKey(clientId)) {
                if (!left.mayLeaveIt()) {
                    pending.cancelWillIfPending(clientId);
                    var unused = sessions.deleteWill(clientId);
                    absent.remove(clientId, left);
                }
            } else if (System.nanoTime() - left.since() > NOTED_AFTER_NANOS) {
                absent.remove(clientId, left);
            }
        });
    }
}
