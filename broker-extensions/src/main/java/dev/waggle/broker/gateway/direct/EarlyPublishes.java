package dev.waggle.broker.gateway.direct;

import com.hivemq.mqtt.message.publish.PUBLISH;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Deliveries of the host's ordinary topics that come before the CONNACK: the host believes that it was sent, but the chat
 * still holds it, and nothing may come before it (MQTT 5 §3.2). At most the client's Receive Maximum, which the host keeps.
 */
final class EarlyPublishes {
    private final Queue<Early> waiting = new ArrayDeque<>(0);

    private record Early(PUBLISH packet, ChannelPromise promise) {}

    void add(PUBLISH packet, ChannelPromise promise) {
        waiting.add(new Early(packet, promise));
    }

    /** The CONNACK is written. Not flushed. */
    void release(ChannelHandlerContext ctx) {
        for (Early early = waiting.poll(); early != null; early = waiting.poll()) {
            var unused = ctx.write(early.packet(), early.promise());
        }
    }

    /** The connection ended without a CONNACK: the host keeps what it could not send. */
    void drop() {
        for (Early early = waiting.poll(); early != null; early = waiting.poll()) {
            early.promise().tryFailure(new ClosedChannelException());
        }
    }
}
