package dev.waggle.broker.conformance.device;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.jspecify.annotations.Nullable;

/** The library's forms of MQTT 5 packets, and ours. */
public final class Packets5 {

    /** Reason codes are bytes; what the library adds for its own errors is above. */
    private static final int HIGHEST_CODE = 0xFF;

    private Packets5() {}

    /** A message at QoS 1. */
    public static MqttMessage message(String text) {
        return new MqttMessage(text.getBytes(StandardCharsets.UTF_8), 1, false, new MqttProperties());
    }

    /** @throws MqttException if it is no refusal of the broker */
    static int code(MqttException refused) throws MqttException {
        int code = refused.getReasonCode();
        if (code < 0x80 || code > HIGHEST_CODE) {
            throw refused;
        }
        return code;
    }

    static String reason(@Nullable MqttProperties properties) {
        return properties == null ? "" : Objects.requireNonNullElse(properties.getReasonString(), "");
    }

    static Answer answer(IMqttToken token, long patienceMillis) throws MqttException {
        int refusal = 0;
        try {
            token.waitForCompletion(patienceMillis);
        } catch (MqttException refused) {
            refusal = code(refused);
        }
        int[] codes = token.getReasonCodes();
        MqttProperties properties = token.getResponseProperties();
        String seq = properties == null ? "" : user(properties).getOrDefault("seq", "");
        return new Answer(
                codes == null || codes.length == 0 ? refusal : codes[0],
                reason(properties),
                seq.matches("[0-9]{1,18}") ? Long.parseLong(seq) : 0);
    }

    static Greeting greeting(IMqttToken token) {
        MqttProperties properties = token.getResponseProperties();
        Map<String, Long> announced = new HashMap<>();
        if (properties == null) {
            return new Greeting(0, "", token.getSessionPresent(), Map.of(), announced);
        }
        if (properties.getReceiveMaximum() != null) {
            announced.put("receiveMaximum", properties.getReceiveMaximum().longValue());
        }
        if (properties.getMaximumPacketSize() != null) {
            announced.put("maximumPacketSize", properties.getMaximumPacketSize());
        }
        if (properties.getSessionExpiryInterval() != null) {
            announced.put("sessionExpiry", properties.getSessionExpiryInterval());
        }
        return new Greeting(0, reason(properties), token.getSessionPresent(), user(properties), announced);
    }

    static Arrived arrived(String topic, MqttMessage message) {
        MqttProperties properties = message.getProperties();
        byte[] correlation = properties.getCorrelationData();
        return new Arrived(
                topic,
                new String(message.getPayload(), StandardCharsets.UTF_8),
                HexFormat.of().formatHex(message.getPayload()),
                message.getQos(),
                message.isDuplicate(),
                message.getId(),
                new Arrived.Properties(
                        Objects.requireNonNullElse(properties.getContentType(), ""),
                        correlation == null ? "" : new String(correlation, StandardCharsets.UTF_8),
                        properties.getPayloadFormat(),
                        user(properties),
                        List.copyOf(Objects.requireNonNullElse(properties.getSubscriptionIdentifiers(), List.of()))));
    }

    private static Map<String, String> user(MqttProperties properties) {
        Map<String, String> user = new HashMap<>();
        for (UserProperty property : properties.getUserProperties()) {
            user.put(property.getKey(), property.getValue());
        }
        return user;
    }
}
