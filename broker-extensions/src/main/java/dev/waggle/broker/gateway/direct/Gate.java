package dev.waggle.broker.gateway.direct;

import com.hivemq.bootstrap.netty.ChannelHandlerNames;
import com.hivemq.mqtt.message.Message;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Whether packets may come in now. It is shut while the chat asked for a pause and while a SUBSCRIBE or UNSUBSCRIBE waits
 * for its answer; packets that were already read from the socket wait in order. The host's barriers switch auto-read on
 * again behind our back; as that always asks for a read, which passes {@link #mayRead}, the gate has the last word.
 * Confined to the connection's thread.
 */
final class Gate {
    /** One read brings at most 64 KiB, that is 13,107 packets of the smallest PUBLISH; the host's barrier may add as many. */
    static final int MOST_WAITING = 32_768;

    private final ChannelHandlerContext ctx;
    private final Consumer<Message> inside;
    private final Queue<Message> waiting = new ArrayDeque<>(0);
    private boolean paused;
    private boolean held;
    private boolean draining;

    Gate(ChannelHandlerContext ctx, Consumer<Message> inside) {
        this.ctx = ctx;
        this.inside = inside;
    }

    /** Lets the packet in now or, in its turn, later. False if too many wait. */
    boolean pass(Message packet) {
        if (!shut() && waiting.isEmpty() && !draining) {
            inside.accept(packet);
            return true;
        }
        waiting.add(packet);
        return waiting.size() <= MOST_WAITING;
    }

    void pause() {
        paused = true;
        stopReading();
    }

    void resume() {
        paused = false;
        open();
    }

    /** Shuts behind a SUBSCRIBE or UNSUBSCRIBE until {@link #release}. */
    void hold() {
        held = true;
        stopReading();
    }

    void release() {
        if (held) {
            held = false;
            open();
        }
    }

    boolean isHeld() {
        return held;
    }

    /** Asked at every read, whoever wants it. */
    boolean mayRead() {
        if (shut()) {
            stopReading();
            return false;
        }
        return true;
    }

    /** Packets that will never get in. */
    Queue<Message> waiting() {
        return waiting;
    }

    private boolean shut() {
        return paused || held;
    }

    private void stopReading() {
        ctx.channel().config().setAutoRead(false);
    }

    private void open() {
        if (draining) {
            return;
        }
        draining = true;
        try {
            while (!shut()) {
                Message next = waiting.poll();
                if (next == null) {
                    break;
                }
                inside.accept(next);
            }
        } finally {
            draining = false;
        }
        boolean hostWaits = ctx.pipeline().get(ChannelHandlerNames.MQTT_SUBSCRIBE_MESSAGE_BARRIER) != null;
        if (!shut() && !hostWaits) {
            ctx.channel().config().setAutoRead(true);
        }
    }
}
