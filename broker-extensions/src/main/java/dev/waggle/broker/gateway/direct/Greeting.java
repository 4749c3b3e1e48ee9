package dev.waggle.broker.gateway.direct;

import com.hivemq.mqtt.message.connack.CONNACK;
import com.hivemq.mqtt.message.disconnect.DISCONNECT;
import com.hivemq.mqtt.message.publish.PUBLISH;
import com.hivemq.mqtt.message.pubrel.PUBREL;
import com.hivemq.mqtt.message.reason.Mqtt5ConnAckReasonCode;
import dev.waggle.broker.gateway.Dialogue;
import dev.waggle.broker.gateway.Dialogue.Welcome;
import dev.waggle.broker.gateway.Profile;
import dev.waggle.broker.gateway.direct.DirectConnection.Ending;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection from the host's yes to the CONNACK on the wire: the dialogue opens, the filters that its record remembers
 * come in force, the CONNACK is said. The host believes that it was said at once, and the dialogue may speak when it likes;
 * but nothing may come before it (MQTT 5 §3.2, §3.14). So all of that waits here until the write has completed, for handlers
 * between ours and the socket may hold it too. Confined to the connection's thread.
 */
final class Greeting {
    private static final Logger log = LoggerFactory.getLogger(Greeting.class);

    /**
     * A client that authenticates by AUTH may hand its CONNACK to an authenticator first, and a packet of the same read
     * overtakes it there: hivemq-mqtt-client 1.3.10 ends the connection then.
     */
    private static final long AUTHENTICATOR_MILLIS = 50;

    private final DirectGateway gateway;
    private final ChannelHandlerContext ctx;
    private final Profile profile;
    private final CONNACK hosts;
    private final ChannelPromise promise;
    private final BiConsumer<Object, ChannelPromise> again;
    private final Ending ending;
    /** At most what the windows of the client let the host and the dialogue send; in their order. */
    private final Queue<Early> early = new ArrayDeque<>(0);

    private Stage stage = Stage.OPENING;

    private enum Stage {
        OPENING,
        RESTORING,
        SAID,
        /** It is written; what the client might take before it waits a moment more. */
        WRITTEN,
        HEARD,
        /** The connection ends without it. */
        NEVER
    }

    private record Early(Object packet, ChannelPromise promise) {}

    /**
     * @param hosts what the host would say
     * @param promise the host's, of its CONNACK
     * @param again what was held is to be said
     */
    Greeting(
            DirectGateway gateway,
            ChannelHandlerContext ctx,
            Profile profile,
            CONNACK hosts,
            ChannelPromise promise,
            BiConsumer<Object, ChannelPromise> again,
            Ending ending) {
        this.gateway = gateway;
        this.ctx = ctx;
        this.profile = profile;
        this.hosts = hosts;
        this.promise = promise;
        this.again = again;
        this.ending = ending;
    }

    void begin(Dialogue dialogue) {
        dialogue.open(welcome -> onLoop(() -> welcomed(welcome)));
    }

    /** True if the CONNACK is on its way: an end needs a DISCONNECT now. */
    boolean said() {
        return stage == Stage.SAID || stage == Stage.WRITTEN || stage == Stage.HEARD;
    }

    /** True if the packet, any but a CONNACK, may not go out now: it will follow the CONNACK, or never go. */
    boolean holds(Object packet, ChannelPromise written) {
        boolean isDelivery = packet instanceof PUBLISH || packet instanceof PUBREL;
        if (stage == Stage.HEARD || (stage == Stage.WRITTEN && !isDelivery)) {
            return false;
        }
        if (packet instanceof DISCONNECT && !said()) {
            cancel(); // the host's, at a take-over: the close behind it must say enough
        }
        early.add(new Early(packet, written));
        if (stage == Stage.NEVER) {
            drop();
        }
        return true;
    }

    /** No CONNACK follows, if none was said yet. */
    void cancel() {
        if (!said()) {
            stage = Stage.NEVER;
            drop();
        }
    }

    /** The connection has ended. */
    void closed() {
        if (stage != Stage.HEARD) {
            stage = Stage.NEVER;
        }
        drop();
    }

    private void welcomed(Welcome welcome) {
        if (stage != Stage.OPENING) {
            return;
        }
        if (welcome instanceof Welcome.Out out) {
            ending.end(out.reasonCode(), out.reason());
            return;
        }
        stage = Stage.RESTORING;
        Welcome.In in = (Welcome.In) welcome;
        restored(in)
                .whenComplete((restored, failure) -> onLoop(() -> {
                    if (failure != null) {
                        ending.end(Mqtt5ConnAckReasonCode.SERVER_UNAVAILABLE.getCode(), "filters not restored");
                    } else if (stage == Stage.RESTORING) {
                        say(in);
                    }
                }));
    }

    private CompletionStage<?> restored(Welcome.In in) {
        try {
            return gateway.restore(profile.clientId(), hosts.isSessionPresent(), in);
        } catch (RuntimeException bug) {
            log.error("The filters of client {} are none for the host", profile.clientId(), bug);
            return CompletableFuture.failedStage(bug);
        }
    }

    private void say(Welcome.In in) {
        stage = Stage.SAID;
        ChannelPromise told = promise.unvoid();
        var unused = told.addListener(written -> heard(written.isSuccess()));
        var written = ctx.writeAndFlush(Packets.connack(hosts, in, profile.mqtt5()), told);
    }

    private void heard(boolean isWritten) {
        if (!isWritten) {
            ChatHandler.closeNow(ctx);
        } else if (stage == Stage.SAID && hosts.getAuthMethod() != null) {
            advance(Stage.WRITTEN);
            var unused = ctx.executor().schedule(this::waited, AUTHENTICATOR_MILLIS, TimeUnit.MILLISECONDS);
        } else if (stage == Stage.SAID) {
            advance(Stage.HEARD);
        }
    }

    private void waited() {
        if (stage == Stage.WRITTEN) {
            advance(Stage.HEARD);
        }
    }

    /** Says again what was held; what has to wait on comes back. */
    private void advance(Stage next) {
        stage = next;
        for (int held = early.size(); held > 0; held--) {
            Early one = early.remove();
            again.accept(one.packet(), one.promise());
        }
        ctx.flush();
    }

    private void drop() {
        for (Early next = early.poll(); next != null; next = early.poll()) {
            ReferenceCountUtil.release(next.packet());
            // The host keeps what it could not send. A void promise would cry out in the pipeline.
            if (!next.promise().isVoid()) {
                next.promise().tryFailure(new ClosedChannelException());
            }
        }
    }

    /** The loop is gone only when the host has stopped, and every connection with it. */
    private void onLoop(Runnable work) {
        try {
            ctx.executor().execute(work);
        } catch (RejectedExecutionException hostStopped) {
            log.debug("An answer came after the host had stopped", hostStopped);
        }
    }
}
