package dev.waggle.broker.gateway.direct;

import com.google.common.collect.ImmutableSet;
import com.hivemq.mqtt.message.Message;
import com.hivemq.mqtt.message.QoS;
import com.hivemq.mqtt.message.connack.CONNACK;
import com.hivemq.mqtt.message.connect.CONNECT;
import com.hivemq.mqtt.message.mqtt5.Mqtt5RetainHandling;
import com.hivemq.mqtt.message.mqtt5.Mqtt5UserProperties;
import com.hivemq.mqtt.message.mqtt5.MqttUserProperty;
import com.hivemq.mqtt.message.puback.PUBACK;
import com.hivemq.mqtt.message.pubcomp.PUBCOMP;
import com.hivemq.mqtt.message.publish.PUBLISH;
import com.hivemq.mqtt.message.pubrec.PUBREC;
import com.hivemq.mqtt.message.reason.Mqtt5PubAckReasonCode;
import com.hivemq.mqtt.message.reason.Mqtt5PubRecReasonCode;
import com.hivemq.mqtt.message.subscribe.SUBSCRIBE;
import com.hivemq.mqtt.message.subscribe.Topic;
import dev.waggle.broker.gateway.Acknowledgement;
import dev.waggle.broker.gateway.Dialogue.Welcome;
import dev.waggle.broker.gateway.InboundPublish;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.Limits;
import dev.waggle.spec.message.Filter;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.MessageProperties.UserProperty;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The host's packets as the port's records, and back. */
final class Packets {

    private Packets() {}

    static InboundPublish publish(PUBLISH packet) {
        byte[] payload = packet.getPayload();
        byte[] correlation = packet.getCorrelationData();
        return new InboundPublish(
                packet.getTopic(),
                payload == null ? Bytes.EMPTY : Bytes.wrap(payload),
                packet.getQoS().getQosNumber(),
                packet.getQoS() == QoS.AT_MOST_ONCE ? 0 : packet.getPacketIdentifier(),
                packet.isDuplicateDelivery(),
                packet.isRetain(),
                properties(packet),
                correlation == null ? null : Bytes.wrap(correlation),
                packet.getResponseTopic());
    }

    private static MessageProperties properties(PUBLISH packet) {
        long expiry = packet.getMessageExpiryInterval();
        boolean never = expiry >= PUBLISH.MESSAGE_EXPIRY_INTERVAL_MAX;
        boolean utf8 = packet.getPayloadFormatIndicator() != null
                && packet.getPayloadFormatIndicator().getCode() == 1;
        List<MqttUserProperty> user = packet.getUserProperties().asList();
        if (never && !utf8 && user.isEmpty() && packet.getContentType() == null) {
            return MessageProperties.NONE;
        }
        List<UserProperty> copied = new ArrayList<>(user.size());
        for (MqttUserProperty property : user) {
            copied.add(new UserProperty(property.getName(), property.getValue()));
        }
        return new MessageProperties(packet.getContentType(), utf8, never ? 0 : Math.max(1, expiry), copied);
    }

    static List<Filter> filters(SUBSCRIBE packet) {
        int id = packet.getSubscriptionIdentifier();
        List<Filter> filters = new ArrayList<>(packet.getTopics().size());
        for (Topic topic : packet.getTopics()) {
            filters.add(new Filter(
                    topic.getTopic(),
                    topic.getQoS().getQosNumber(),
                    topic.isNoLocal(),
                    topic.isRetainAsPublished(),
                    topic.getRetainHandling().getCode(),
                    id > 0 ? Integer.valueOf(id) : null));
        }
        return filters;
    }

    /** Lowers the QoS of what a SUBSCRIBE asks for to what is granted. */
    static void limit(SUBSCRIBE packet, List<Filter> granted) {
        Map<String, Integer> qos = new HashMap<>();
        granted.forEach(filter -> qos.merge(filter.topic(), filter.qos(), Math::max));
        for (Topic topic : packet.getTopics()) {
            int asked = topic.getQoS().getQosNumber();
            topic.setQoS(qos(Math.min(asked, qos.getOrDefault(topic.getTopic(), asked))));
        }
    }

    private static QoS qos(int number) {
        return Objects.requireNonNull(QoS.valueOf(number));
    }

    static ImmutableSet<Topic> topics(List<Filter> filters) {
        ImmutableSet.Builder<Topic> topics = ImmutableSet.builder();
        for (Filter filter : filters) {
            topics.add(new Topic(
                    filter.topic(),
                    qos(filter.qos()),
                    filter.noLocal(),
                    filter.retainAsPublished(),
                    Objects.requireNonNull(Mqtt5RetainHandling.fromCode(filter.retainHandling())),
                    filter.subscriptionId()));
        }
        return topics.build();
    }

    /** PUBACK or PUBREC; the host's encoder leaves out of 3.1.1 packets what they cannot carry. */
    static Message acknowledgement(Acknowledgement answer, boolean problemInformation) {
        String reason = problemInformation ? answer.reason() : null;
        Mqtt5UserProperties user = problemInformation && answer.seq() != null
                ? Mqtt5UserProperties.of(MqttUserProperty.of("seq", Long.toString(answer.seq())))
                : Mqtt5UserProperties.NO_USER_PROPERTIES;
        if (answer.qos() == 2) {
            Mqtt5PubRecReasonCode code = Mqtt5PubRecReasonCode.fromCode(answer.reasonCode());
            return new PUBREC(answer.packetId(), require(code, answer.reasonCode()), reason, user);
        }
        Mqtt5PubAckReasonCode code = Mqtt5PubAckReasonCode.fromCode(answer.reasonCode());
        return new PUBACK(answer.packetId(), require(code, answer.reasonCode()), reason, user);
    }

    /** The host's CONNACK with what the chat knows better: Session Present, and how much is waiting. */
    static CONNACK connack(CONNACK host, Welcome.In welcome, boolean mqtt5) {
        Mqtt5UserProperties user = host.getUserProperties();
        if (mqtt5) {
            List<MqttUserProperty> all = new ArrayList<>(user.asList());
            all.add(MqttUserProperty.of("inbox", Long.toString(welcome.waiting())));
            user = Mqtt5UserProperties.of(all.toArray(new MqttUserProperty[0]));
        }
        return CONNACK.builder()
                .withReasonCode(host.getReasonCode())
                .withReasonString(host.getReasonString())
                .withUserProperties(user)
                .withSessionPresent(welcome.sessionPresent())
                .withSessionExpiryInterval(host.getSessionExpiryInterval())
                .withServerKeepAlive(host.getServerKeepAlive())
                .withAssignedClientIdentifier(host.getAssignedClientIdentifier())
                .withAuthMethod(host.getAuthMethod())
                .withAuthData(host.getAuthData())
                .withReceiveMaximum(host.getReceiveMaximum())
                .withTopicAliasMaximum(host.getTopicAliasMaximum())
                .withMaximumPacketSize(host.getMaximumPacketSize())
                .withMaximumQoS(host.getMaximumQoS())
                .withRetainAvailable(host.isRetainAvailable())
                .withWildcardSubscriptionAvailable(host.isWildcardSubscriptionAvailable())
                .withSubscriptionIdentifierAvailable(host.isSubscriptionIdentifierAvailable())
                .withSharedSubscriptionAvailable(host.isSharedSubscriptionAvailable())
                .withResponseInformation(host.getResponseInformation())
                .withServerReference(host.getServerReference())
                .build();
    }

    private static <T> T require(@Nullable T code, int value) {
        if (code == null) {
            throw new IllegalArgumentException(
                    "reasonCode 0x%02X is none of PUBACK or PUBREC (MQTT 5 §3.4.2.1)".formatted(value));
        }
        return code;
    }

    /** PUBREC or PUBCOMP for an id that the host never uses: the chat sends nothing at QoS 2. */
    /** CONNECT user property {@code wake} = {@code 1}: a push woke the device. */
    static boolean isWoken(CONNECT packet) {
        return packet.getUserProperties().asList().stream()
                .anyMatch(property ->
                        property.getName().equals("wake") && property.getValue().equals("1"));
    }

    static boolean isStray(Message packet) {
        return packet instanceof PUBREC pubrec && pubrec.getPacketIdentifier() >= Limits.FIRST_ENTRY_PACKET_ID
                || packet instanceof PUBCOMP pubcomp && pubcomp.getPacketIdentifier() >= Limits.FIRST_ENTRY_PACKET_ID;
    }
}
