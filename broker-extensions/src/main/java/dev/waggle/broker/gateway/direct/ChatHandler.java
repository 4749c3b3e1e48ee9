package dev.waggle.broker.gateway.direct;

import com.hivemq.bootstrap.ClientConnectionContext;
import com.hivemq.mqtt.message.Message;
import com.hivemq.mqtt.message.PINGREQ;
import com.hivemq.mqtt.message.connack.CONNACK;
import com.hivemq.mqtt.message.connect.CONNECT;
import com.hivemq.mqtt.message.connect.MqttWillPublish;
import com.hivemq.mqtt.message.disconnect.DISCONNECT;
import com.hivemq.mqtt.message.reason.Mqtt5ConnAckReasonCode;
import dev.waggle.broker.gateway.Profile;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The chat's place in one connection's pipeline, from its accept to its end: who is let in, and how it is ended. What an
 * accepted client says and hears is the {@link Talk}'s. All methods run on the event loop of the channel.
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
    private static final int QUOTA_EXCEEDED = 0x97;

    private final DirectGateway gateway;
    private final Farewell farewell;
    private final Entrance entrance;
    private boolean cleanStart;
    private boolean quiet;
    private @Nullable MqttWillPublish will;
    private @Nullable Talk talk;
    private boolean over;

    ChatHandler(DirectGateway gateway, Farewell farewell) {
        this.gateway = gateway;
        this.farewell = farewell;
        this.entrance = new Entrance(gateway, farewell);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object packet) {
        if (over) {
            return;
        }
        if (packet instanceof CONNECT connect) {
            over = !entrance.admits(ctx, connect);
            if (!over) {
                cleanStart = connect.isCleanStart();
                quiet = Packets.isWoken(connect);
                will = connect.getWillPublish();
                ctx.fireChannelRead(connect);
            }
        } else if (talk == null || packet instanceof PINGREQ || !(packet instanceof Message message)) {
            ctx.fireChannelRead(packet);
        } else if (!talk.gate().pass(message)) {
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

    @Override
    public void write(ChannelHandlerContext ctx, Object packet, ChannelPromise promise) {
        if (packet instanceof CONNACK connack && connack.getReasonCode() == Mqtt5ConnAckReasonCode.SUCCESS) {
            accepted(ctx, connack, promise);
            return;
        }
        if (packet instanceof CONNACK connack) {
            entrance.refused(ctx.channel(), connack);
        }
        if (packet instanceof DISCONNECT || packet instanceof CONNACK) {
            var unused = ctx.executor().schedule(() -> closeNow(ctx), FAREWELL_SECONDS, TimeUnit.SECONDS);
        }
        if (talk == null || packet instanceof CONNACK) {
            var written = ctx.write(packet, promise);
        } else {
            talk.say(packet, promise);
        }
    }

    static void closeNow(ChannelHandlerContext ctx) {
        var unused = ctx.close();
    }

    /** The host would say yes now: the chat decides what exactly is said. */
    private void accepted(ChannelHandlerContext ctx, CONNACK hosts, ChannelPromise promise) {
        Profile profile = gateway.profile(ctx.channel(), cleanStart, quiet);
        if (profile == null || over || talk != null) {
            over = true;
            entrance.refuse(ctx.channel(), Mqtt5ConnAckReasonCode.NOT_AUTHORIZED.getCode(), "no identity");
            return;
        }
        try {
            talk = new Talk(gateway, ctx, profile, hosts, promise, (code, reason) -> end(ctx, code, reason));
            talk.greeting().begin(talk.dialogue());
        } catch (RuntimeException bug) {
            log.error("The dialogue with client {} did not open", profile.clientId(), bug);
            end(ctx, UNSPECIFIED_ERROR, "internal error");
        }
    }

    private void end(ChannelHandlerContext ctx, int reasonCode, String reason) {
        if (over) {
            return;
        }
        over = true;
        boolean greeted = isGreeted();
        if (talk != null) {
            talk.end();
        }
        if (greeted) {
            farewell.disconnect(ctx.channel(), reasonCode, reason);
        } else {
            entrance.refuse(ctx.channel(), reasonCode, reason);
        }
    }

    private boolean isGreeted() {
        return talk != null && talk.greeting().said();
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        if (talk == null || talk.gate().mayRead()) {
            ctx.read();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (talk != null && !over) {
            talk.dialogue().writabilityChanged();
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        entrance.heard(ctx.channel(), event, isGreeted());
        ctx.fireUserEventTriggered(event);
    }

    /** What goes wrong on a connection that is ending anyway is no news. */
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
        over = true;
        try {
            gateway.ended(ctx.channel());
            if (talk != null) {
                gateway.wills().ended(ctx.channel(), talk.dialogue(), will);
                talk.closed();
            }
        } finally {
            ctx.fireChannelInactive();
        }
    }
}
