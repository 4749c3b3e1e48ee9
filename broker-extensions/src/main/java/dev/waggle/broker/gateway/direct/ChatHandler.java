package dev.waggle.broker.gateway.direct;

import com.hivemq.bootstrap.ClientConnectionContext;
import com.hivemq.mqtt.message.Message;
import com.hivemq.mqtt.message.PINGREQ;
import com.hivemq.mqtt.message.auth.AUTH;
import com.hivemq.mqtt.message.connack.CONNACK;
import com.hivemq.mqtt.message.connect.CONNECT;
import com.hivemq.mqtt.message.connect.MqttWillPublish;
import com.hivemq.mqtt.message.disconnect.DISCONNECT;
import com.hivemq.mqtt.message.puback.PUBACK;
import com.hivemq.mqtt.message.publish.PUBLISH;
import com.hivemq.mqtt.message.pubrel.PUBREL;
import com.hivemq.mqtt.message.reason.Mqtt5AuthReasonCode;
import com.hivemq.mqtt.message.reason.Mqtt5ConnAckReasonCode;
import com.hivemq.mqtt.message.reason.Mqtt5SubAckReasonCode;
import com.hivemq.mqtt.message.suback.SUBACK;
import com.hivemq.mqtt.message.subscribe.SUBSCRIBE;
import com.hivemq.mqtt.message.unsuback.UNSUBACK;
import com.hivemq.mqtt.message.unsubscribe.UNSUBSCRIBE;
import dev.waggle.auth.Identity;
import dev.waggle.broker.gateway.Dialogue;
import dev.waggle.broker.gateway.Dialogue.Welcome;
import dev.waggle.broker.gateway.Profile;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The chat's place in one connection's pipeline. It turns what the client sends into calls of the {@link Dialogue},
 * holds the CONNACK until the dialogue is open and a SUBSCRIBE until its filters are stored, and hands everything else
 * on to the host. All methods run on the event loop of the channel.
 */
class ChatHandler extends ChannelDuplexHandler {
    private static final Logger log = LoggerFactory.getLogger(ChatHandler.class);

    /** A peer that reads nothing any more would never get the DISCONNECT that ends its connection. */
    private static final long FAREWELL_SECONDS = 2;

    /**
     * Memory that answers to one client may take while it does not read them. Every packet asks for an answer, PINGREQ
     * too, so the windows of the chat alone do not bound it. Deliveries of the host's ordinary topics count as well.
     */
    private static final long MOST_UNREAD_BYTES = 8 * 1024 * 1024;

    private static final int UNSPECIFIED_ERROR = 0x80;
    private static final int PROTOCOL_ERROR = 0x82;
    private static final int QUOTA_EXCEEDED = 0x97;

    private final DirectGateway gateway;
    private final Farewell farewell;
    private final Entrance entrance;
    private final EarlyPublishes early = new EarlyPublishes();
    private boolean cleanStart;
    private @Nullable MqttWillPublish will;
    private @Nullable Talk talk;
    private boolean opened;
    private boolean greeted;
    private boolean over;

    ChatHandler(DirectGateway gateway, Farewell farewell) {
        this.gateway = gateway;
        this.farewell = farewell;
        this.entrance = new Entrance(gateway, farewell);
    }

    /** The dialogue with the client and what belongs to it; there from the host's CONNACK on. */
    private record Talk(Dialogue dialogue, DirectConnection connection, Gate gate) {}

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object packet) {
        if (over) {
            return;
        }
        if (packet instanceof CONNECT connect) {
            over = !entrance.admits(ctx, connect);
            if (!over) {
                cleanStart = connect.isCleanStart();
                will = connect.getWillPublish();
                ctx.fireChannelRead(connect);
            }
        } else if (talk == null || packet instanceof PINGREQ || !(packet instanceof Message message)) {
            ctx.fireChannelRead(packet);
        } else if (!talk.gate.pass(message)) {
            end(ctx, QUOTA_EXCEEDED, "too many packets while reading is paused");
        }
        if (!ctx.channel().isWritable() && unread(ctx) > MOST_UNREAD_BYTES) {
            end(ctx, QUOTA_EXCEEDED, "asks and does not read the answers");
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        entrance.await(ctx);
    }

    private static long unread(ChannelHandlerContext ctx) {
        ChannelOutboundBuffer waiting = ctx.channel().unsafe().outboundBuffer();
        return waiting == null ? 0 : waiting.totalPendingWriteBytes();
    }

    private void heard(ChannelHandlerContext ctx, Message packet) {
        if (talk == null) {
            return;
        }
        try {
            said(ctx, talk, packet);
        } catch (RuntimeException bug) {
            log.error(
                    "A {} of client {} met a bug",
                    packet.getType(),
                    talk.connection.profile().clientId(),
                    bug);
            end(ctx, UNSPECIFIED_ERROR, "internal error");
        }
    }

    private void said(ChannelHandlerContext ctx, Talk talk, Message packet) {
        if (over || ClientConnectionContext.of(ctx.channel()).getClientState().disconnectingOrDisconnected()) {
            return;
        }
        Dialogue dialogue = talk.dialogue;
        if (packet instanceof PUBLISH publish) {
            if (dialogue.publish(Packets.publish(publish))) {
                return;
            }
        } else if (packet instanceof PUBACK puback) {
            if (dialogue.acknowledged(puback.getPacketIdentifier())) {
                return;
            }
        } else if (packet instanceof PUBREL pubrel) {
            if (dialogue.released(pubrel.getPacketIdentifier())) {
                return;
            }
        } else if (Packets.isStray(packet)) {
            return;
        } else if (packet instanceof SUBSCRIBE subscribe) {
            talk.gate.hold();
            Runnable proceed = proceed(ctx, subscribe);
            dialogue.subscribe(Packets.filters(subscribe), granted -> {
                Packets.limit(subscribe, granted);
                proceed.run();
            });
            return;
        } else if (packet instanceof UNSUBSCRIBE unsubscribe) {
            talk.gate.hold();
            dialogue.unsubscribe(unsubscribe.getTopics(), proceed(ctx, unsubscribe));
            return;
        } else if (packet instanceof AUTH auth && auth.getReasonCode() != Mqtt5AuthReasonCode.REAUTHENTICATE) {
            // Nobody asked it to go on; the host would look for the CONNECT that it has let go of.
            end(ctx, PROTOCOL_ERROR, "an AUTH must be a re-authentication (0x19) with a new token");
            return;
        } else if (packet instanceof DISCONNECT disconnect) {
            disconnecting(dialogue, disconnect);
        } else if (packet instanceof AUTH) {
            dialogue.renewing();
        }
        ctx.fireChannelRead(packet);
    }

    private Runnable proceed(ChannelHandlerContext ctx, Message packet) {
        return new Runnable() {
            private boolean done;

            @Override
            public void run() {
                if (!done && !over) {
                    done = true;
                    ctx.fireChannelRead(packet);
                }
            }
        };
    }

    private static void disconnecting(Dialogue dialogue, DISCONNECT packet) {
        long expiry = packet.getSessionExpiryInterval();
        dialogue.disconnecting(expiry == DISCONNECT.SESSION_EXPIRY_NOT_SET ? null : Long.valueOf(expiry));
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object packet, ChannelPromise promise) {
        if (packet instanceof CONNACK connack && connack.getReasonCode() == Mqtt5ConnAckReasonCode.SUCCESS) {
            accepted(ctx, connack, promise);
            return;
        }
        if (talk != null && !greeted && !over && packet instanceof PUBLISH publish) {
            early.add(publish, promise);
            return;
        }
        if (talk != null && packet instanceof SUBACK suback) {
            tell(talk.dialogue, suback);
        }
        if (talk != null && talk.gate.isHeld() && (packet instanceof SUBACK || packet instanceof UNSUBACK)) {
            Gate gate = talk.gate;
            ChannelPromise told = promise.unvoid();
            var unused = told.addListener(written -> gate.release());
            var written = ctx.write(packet, told);
            return;
        }
        if (packet instanceof AUTH auth && auth.getReasonCode() == Mqtt5AuthReasonCode.SUCCESS) {
            renewed(ctx, auth, promise);
            return;
        }
        if (packet instanceof CONNACK connack) {
            entrance.refused(ctx.channel(), connack);
        }
        if (packet instanceof DISCONNECT || packet instanceof CONNACK) {
            var unused = ctx.executor().schedule(() -> closeNow(ctx), FAREWELL_SECONDS, TimeUnit.SECONDS);
        }
        var written = ctx.write(packet, promise);
    }

    private static void tell(Dialogue dialogue, SUBACK suback) {
        String reason = suback.getReasonString();
        suback.getReasonCodes().stream()
                .filter(Mqtt5SubAckReasonCode::isError)
                .findFirst()
                .ifPresent(code -> dialogue.refusedFilters(code.getCode(), reason == null ? "" : reason));
    }

    /** The authenticator has left the newest identity; the host's own reason string says the contrary of success. */
    private void renewed(ChannelHandlerContext ctx, AUTH hosts, ChannelPromise promise) {
        Identity identity = gateway.identity(ctx.channel());
        if (talk == null || identity == null) {
            end(ctx, UNSPECIFIED_ERROR, "no identity");
            return;
        }
        talk.connection.renewed(identity);
        talk.dialogue.renewed();
        var unused = ctx.write(
                new AUTH(
                        hosts.getAuthMethod(),
                        hosts.getAuthData(),
                        Mqtt5AuthReasonCode.SUCCESS,
                        hosts.getUserProperties(),
                        null),
                promise);
    }

    static void closeNow(ChannelHandlerContext ctx) {
        var unused = ctx.close();
    }

    /** The host would say yes now: the chat decides what exactly is said. */
    private void accepted(ChannelHandlerContext ctx, CONNACK hosts, ChannelPromise promise) {
        Profile profile = gateway.profile(ctx.channel(), cleanStart);
        if (profile == null || over || talk != null) {
            over = true;
            entrance.refuse(ctx.channel(), Mqtt5ConnAckReasonCode.NOT_AUTHORIZED.getCode(), "no identity");
            return;
        }
        Gate gate = new Gate(ctx, packet -> heard(ctx, packet));
        DirectConnection connection = new DirectConnection(
                ctx,
                profile,
                gate,
                (ended, lowered) -> gateway.restrict(profile.clientId(), ended, lowered),
                (code, reason) -> end(ctx, code, reason));
        try {
            Dialogue dialogue = gateway.dialogue(ctx.channel(), connection);
            talk = new Talk(dialogue, connection, gate);
            dialogue.open(welcome -> onLoop(ctx, () -> welcomed(ctx, hosts, promise, welcome)));
        } catch (RuntimeException bug) {
            log.error("The dialogue with client {} did not open", profile.clientId(), bug);
            end(ctx, UNSPECIFIED_ERROR, "internal error");
        }
    }

    private static void onLoop(ChannelHandlerContext ctx, Runnable work) {
        try {
            ctx.executor().execute(work);
        } catch (RejectedExecutionException hostStopped) {
            log.debug("An answer came after the host had stopped", hostStopped);
        }
    }

    private void welcomed(ChannelHandlerContext ctx, CONNACK hosts, ChannelPromise promise, Welcome welcome) {
        if (over || opened || talk == null) {
            return;
        }
        if (welcome instanceof Welcome.Out out) {
            end(ctx, out.reasonCode(), out.reason());
            return;
        }
        Welcome.In in = (Welcome.In) welcome;
        Talk current = talk;
        restored(current.connection.profile().clientId(), hosts.isSessionPresent(), in)
                .whenComplete((restored, failure) -> onLoop(ctx, () -> {
                    if (over) {
                        return;
                    }
                    if (failure != null) {
                        end(ctx, Mqtt5ConnAckReasonCode.SERVER_UNAVAILABLE.getCode(), "filters not restored");
                        return;
                    }
                    opened = true;
                    boolean mqtt5 = current.connection.profile().mqtt5();
                    ChannelPromise told = promise.unvoid();
                    var unused = told.addListener(written -> greeted(ctx, current));
                    var written = ctx.writeAndFlush(Packets.connack(hosts, in, mqtt5), told);
                }));
    }

    private void greeted(ChannelHandlerContext ctx, Talk current) {
        greeted = true;
        current.connection.opened();
        early.release(ctx);
        ctx.flush();
    }

    private CompletionStage<?> restored(String clientId, boolean hostHasSession, Welcome.In in) {
        try {
            return gateway.restore(clientId, hostHasSession, in);
        } catch (RuntimeException bug) {
            log.error("The filters of client {} are none for the host", clientId, bug);
            return CompletableFuture.failedStage(bug);
        }
    }

    private void end(ChannelHandlerContext ctx, int reasonCode, String reason) {
        if (over) {
            return;
        }
        over = true;
        if (opened) {
            farewell.disconnect(ctx.channel(), reasonCode, reason);
        } else {
            entrance.refuse(ctx.channel(), reasonCode, reason);
        }
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        if (talk == null || talk.gate.mayRead()) {
            ctx.read();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (talk != null && !over) {
            talk.dialogue.writabilityChanged();
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        entrance.heard(ctx.channel(), event, opened);
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (ClientConnectionContext.of(ctx.channel()).getClientState().disconnectingOrDisconnected()) {
            log.debug("On a connection that ends", cause);
            closeNow(ctx);
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        Talk ended = talk;
        talk = null;
        over = true;
        try {
            gateway.ended(ctx.channel());
            early.drop();
            if (ended != null) {
                gateway.wills().ended(ctx.channel(), ended.dialogue, will);
                close(ended);
            }
        } finally {
            ctx.fireChannelInactive();
        }
    }

    private static void close(Talk talk) {
        talk.connection.closed();
        try {
            for (Message packet : talk.gate.waiting()) {
                if (packet instanceof DISCONNECT disconnect) {
                    disconnecting(talk.dialogue, disconnect);
                }
            }
        } finally {
            talk.dialogue.closed();
        }
    }
}
