package dev.waggle.broker.cli.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttUtf8String;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperties;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5MessageException;
import com.hivemq.client.mqtt.mqtt5.message.Mqtt5Message;
import com.hivemq.client.mqtt.mqtt5.message.Mqtt5ReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5Disconnect;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult.Mqtt5Qos1Result;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAck;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAck;
import java.util.Locale;
import java.util.Optional;

/** Why the broker refused, or why the connection ended, in its own words. */
final class Reasons {

    private Reasons() {}

    static String of(Throwable thrown) {
        if (thrown instanceof Mqtt5MessageException answered) {
            return of(answered.getMqttMessage(), String.valueOf(thrown.getMessage()));
        }
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    static Optional<String> property(Mqtt5PublishResult result, String name) {
        if (!(result instanceof Mqtt5Qos1Result acknowledged)) {
            return Optional.empty();
        }
        Mqtt5UserProperties properties = acknowledged.getPubAck().getUserProperties();
        return properties.asList().stream()
                .filter(property -> property.getName().toString().equals(name))
                .map(property -> property.getValue().toString())
                .findFirst();
    }

    private static String of(Mqtt5Message message, String otherwise) {
        if (message instanceof Mqtt5ConnAck connAck) {
            return text(connAck.getReasonCode(), connAck.getReasonString());
        } else if (message instanceof Mqtt5PubAck pubAck) {
            return text(pubAck.getReasonCode(), pubAck.getReasonString());
        } else if (message instanceof Mqtt5SubAck subAck) {
            return text(subAck.getReasonCodes().get(0), subAck.getReasonString());
        } else if (message instanceof Mqtt5Disconnect disconnect) {
            return text(disconnect.getReasonCode(), disconnect.getReasonString());
        }
        return otherwise;
    }

    private static String text(Mqtt5ReasonCode code, Optional<MqttUtf8String> reason) {
        String name = String.format(Locale.ROOT, "0x%02X %s", code.getCode(), code);
        return reason.map(said -> said + " (" + name + ")").orElse(name);
    }
}
