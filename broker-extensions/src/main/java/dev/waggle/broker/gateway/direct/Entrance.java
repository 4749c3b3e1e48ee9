package dev.waggle.broker.gateway.direct;

import com.hivemq.extension.sdk.api.packets.general.DisconnectedReasonCode;
import com.hivemq.extensions.events.OnAuthFailedEvent;
import com.hivemq.extensions.events.OnServerDisconnectEvent;
import com.hivemq.mqtt.message.ProtocolVersion;
import com.hivemq.mqtt.message.connack.CONNACK;
import com.hivemq.mqtt.message.connect.CONNECT;
import com.hivemq.mqtt.message.reason.Mqtt5ConnAckReasonCode;
import com.hivemq.mqtt.message.reason.Mqtt5DisconnectReasonCode;
import dev.waggle.broker.gateway.Dialogue.Welcome;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The door of one connection: how long a CONNECT may take, who need not try, and what is said to whoever is sent away. */
final class Entrance {
    /** Longest time from the accept to a whole CONNECT; the host's own limit starts anew with every byte. */
    private static final long CONNECT_SECONDS = 20;

    private final DirectGateway gateway;
    private final Farewell farewell;
    /** Ends a connection that does not say who it is. */
    private @Nullable Future<?> lateConnect;

    /** It is known who was sent away and why. */
    private boolean told;

    Entrance(DirectGateway gateway, Farewell farewell) {
        this.gateway = gateway;
        this.farewell = farewell;
    }

    void await(ChannelHandlerContext ctx) {
        lateConnect = ctx.executor().schedule(() -> ChatHandler.closeNow(ctx), CONNECT_SECONDS, TimeUnit.SECONDS);
    }

    /** True if the host may look at the CONNECT; otherwise its connection is ending. */
    boolean admits(ChannelHandlerContext ctx, CONNECT connect) {
        Future<?> late = lateConnect;
        if (late != null) {
            late.cancel(false);
            lateConnect = null; // it would be held until its time comes, thousands of them after a restart
        }
        if (connect.getProtocolVersion() == ProtocolVersion.MQTTv3_1) {
            int code = Mqtt5ConnAckReasonCode.UNSUPPORTED_PROTOCOL_VERSION.getCode();
            refuse(ctx.channel(), code, "MQTT 3.1.1 or 5 only");
            return false;
        }
        if (!gateway.accepts(ctx.channel())) {
            // Starting or stopping. Without a CONNACK: some libraries never come back after one that refuses.
            ChatHandler.closeNow(ctx);
            return false;
        }
        Welcome.Out no = gateway.admit(ctx.channel());
        if (no != null) {
            refuse(ctx.channel(), no.reasonCode(), no.reason());
        }
        return no == null;
    }

    /** CONNACK with the error, then the close. */
    void refuse(Channel channel, int reasonCode, String reason) {
        tell(channel, false, reasonCode, reason);
        farewell.refuse(channel, Mqtt5ConnAckReasonCode.fromCode(reasonCode), reason);
    }

    /**
     * The host tells here what it will say, in full: a CONNACK of 3.1.1 has neither the code nor the reason.
     *
     * @param admitted true: the client has its CONNACK
     */
    void heard(Channel channel, Object event, boolean admitted) {
        if (event instanceof OnAuthFailedEvent failed) {
            heard(channel, admitted, failed.getReasonCode(), failed.getReasonString());
        } else if (event instanceof OnServerDisconnectEvent ended) {
            heard(channel, admitted, ended.getReasonCode(), ended.getReasonString());
        }
    }

    private void heard(
            Channel channel, boolean admitted, @Nullable DisconnectedReasonCode code, @Nullable String reason) {
        Mqtt5DisconnectReasonCode known = code == null ? null : Mqtt5DisconnectReasonCode.from(code);
        Mqtt5ConnAckReasonCode early = code == null ? null : Mqtt5ConnAckReasonCode.from(code);
        int number = known != null
                ? known.getCode()
                : early != null ? early.getCode() : Mqtt5DisconnectReasonCode.UNSPECIFIED_ERROR.getCode();
        tell(channel, admitted, number, reason);
    }

    /** A CONNACK with an error goes out. */
    void refused(Channel channel, CONNACK connack) {
        tell(channel, false, connack.getReasonCode().getCode(), connack.getReasonString());
    }

    /** Once for each connection: the first who speaks knows most. */
    private void tell(Channel channel, boolean admitted, int reasonCode, @Nullable String reason) {
        if (!told) {
            told = true;
            gateway.dismissed(channel, admitted, reasonCode, reason == null ? "" : reason);
        }
    }
}
