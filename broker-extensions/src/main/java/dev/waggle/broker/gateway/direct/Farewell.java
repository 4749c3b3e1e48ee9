package dev.waggle.broker.gateway.direct;

import com.hivemq.bootstrap.ClientConnectionContext;
import com.hivemq.mqtt.handler.connack.MqttConnacker;
import com.hivemq.mqtt.handler.disconnect.MqttServerDisconnector;
import com.hivemq.mqtt.message.ProtocolVersion;
import com.hivemq.mqtt.message.reason.Mqtt5ConnAckReasonCode;
import com.hivemq.mqtt.message.reason.Mqtt5DisconnectReasonCode;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/** How a connection is ended: CONNACK with an error before it was accepted, DISCONNECT afterwards. */
final class Farewell {
    private final MqttConnacker connacker;
    private final MqttServerDisconnector disconnector;

    Farewell(HostInternals host) {
        this.connacker = host.connacker();
        this.disconnector = host.disconnector();
    }

    /** CONNACK with the error, then the close; the will stays unsent. */
    void refuse(Channel channel, @Nullable Mqtt5ConnAckReasonCode code, String reason) {
        ClientConnectionContext client = ClientConnectionContext.of(channel);
        client.setPreventLwt(true);
        Mqtt5ConnAckReasonCode known = code == null ? Mqtt5ConnAckReasonCode.SERVER_UNAVAILABLE : code;
        boolean mqtt5 = client.getProtocolVersion() == ProtocolVersion.MQTTv5;
        connacker.connackError(channel, null, reason, mqtt5 ? known : in311(known), reason);
    }

    /** What the host would answer 3.1.1 clients with 'not authorized' or not at all, though they may try again. */
    private static Mqtt5ConnAckReasonCode in311(Mqtt5ConnAckReasonCode code) {
        return switch (code) {
            case UNSPECIFIED_ERROR, IMPLEMENTATION_SPECIFIC_ERROR, QUOTA_EXCEEDED, CONNECTION_RATE_EXCEEDED ->
                Mqtt5ConnAckReasonCode.SERVER_UNAVAILABLE;
            default -> code;
        };
    }

    /** DISCONNECT with the reason in MQTT 5, a plain close in 3.1.1. */
    void disconnect(Channel channel, int reasonCode, String reason) {
        Mqtt5DisconnectReasonCode code = Mqtt5DisconnectReasonCode.fromCode(reasonCode);
        disconnector.disconnect(
                channel, null, reason, code == null ? Mqtt5DisconnectReasonCode.UNSPECIFIED_ERROR : code, reason);
    }
}
