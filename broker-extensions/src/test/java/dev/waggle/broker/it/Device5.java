package dev.waggle.broker.it;

import dev.waggle.spec.message.Actor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;

/** A stock MQTT 5 client (Eclipse Paho) that records what it gets. */
final class Device5 implements AutoCloseable {
    private static final long WAIT_MILLIS = 10_000;

    final List<Arrived> arrived = new CopyOnWriteArrayList<>();
    /** Of what arrived, by topic. */
    final Map<String, MqttProperties> properties = new ConcurrentHashMap<>();

    final List<Integer> disconnects = new CopyOnWriteArrayList<>();
    private final String user;
    private final String device;
    private final Reachable broker;
    private boolean overWebSocket;
    private String willTopic;
    private long willDelaySeconds;
    private Actor.Role role = Actor.Role.USER;
    private Supplier<String> tokens;
    private MqttAsyncClient client;
    private boolean sessionPresent;

    Device5(Reachable broker, String user, String device) {
        this.broker = broker;
        this.user = user;
        this.device = device;
        this.tokens = () -> broker.token(user, device, role, Duration.ofMinutes(10));
    }

    /** From now on it connects as a service, which may send faster than people do. */
    Device5 asService() {
        role = Actor.Role.SERVICE;
        return this;
    }

    /** From now on it connects with these tokens; one is asked for at each connect. */
    Device5 with(Supplier<String> others) {
        tokens = others;
        return this;
    }

    /** From now on it connects through a WebSocket. */
    Device5 overWebSocket() {
        overWebSocket = true;
        return this;
    }

    /** From now on it connects with a will, sent so many seconds after its end; its text is the user. */
    Device5 will(String topic, long delaySeconds) {
        willTopic = topic;
        willDelaySeconds = delaySeconds;
        return this;
    }

    /** Connects, continuing the session, which is kept for an hour. */
    Device5 connect() throws MqttException {
        return connect(false, 3_600);
    }

    Device5 connect(boolean cleanStart, long expirySeconds) throws MqttException {
        client = new MqttAsyncClient(
                overWebSocket ? broker.ws() : broker.mqtt(), user + "." + device, new MemoryPersistence());
        client.setCallback(new Recorder());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(cleanStart);
        options.setSessionExpiryInterval(expirySeconds);
        options.setUserName(user);
        options.setPassword(tokens.get().getBytes(StandardCharsets.US_ASCII));
        if (willTopic != null) {
            options.setWill(
                    willTopic, new MqttMessage(user.getBytes(StandardCharsets.UTF_8), 1, false, new MqttProperties()));
            options.getWillMessageProperties().setWillDelayInterval(willDelaySeconds);
        }
        IMqttToken token = client.connect(options);
        token.waitForCompletion(WAIT_MILLIS);
        sessionPresent = token.getSessionPresent();
        return this;
    }

    boolean sessionPresent() {
        return sessionPresent;
    }

    Device5 subscribe() throws MqttException {
        client.subscribe("u/" + user + "/#", 1).waitForCompletion(WAIT_MILLIS);
        return this;
    }

    /** The code of SUBACK. */
    int subscribeTo(String filter) throws MqttException {
        IMqttToken token = client.subscribe(filter, 1);
        try {
            token.waitForCompletion(WAIT_MILLIS);
            return token.getReasonCodes()[0];
        } catch (MqttException refused) {
            return refused.getReasonCode();
        }
    }

    /**
     * Publishes and waits for the PUBACK; gives its reason code and the seq.
     *
     * @throws MqttException if the connection ends first
     */
    Sent send(String conversation, String text) throws MqttException {
        return send(conversation, text, null);
    }

    Sent send(String conversation, String text, String key) throws MqttException {
        return publish("u/" + user + "/out/" + conversation, text, key);
    }

    record Sent(int reasonCode, String reason, long seq) {}

    Sent publish(String topic, String text, String key) throws MqttException {
        MqttProperties with = new MqttProperties();
        if (key != null) {
            with.setCorrelationData(key.getBytes(StandardCharsets.UTF_8));
        }
        return publishWith(topic, text, with);
    }

    Sent publishWith(String topic, String text, MqttProperties with) throws MqttException {
        MqttMessage message = new MqttMessage(text.getBytes(StandardCharsets.UTF_8), 1, false, with);
        IMqttToken token = client.publish(topic, message);
        try {
            token.waitForCompletion(WAIT_MILLIS);
        } catch (MqttException refused) {
            boolean answered = refused.getReasonCode() >= 0x80 && refused.getReasonCode() <= 0xFF;
            if (!answered) {
                throw refused;
            }
        }
        int[] codes = token.getReasonCodes();
        int code = codes == null || codes.length == 0 ? MqttReturnCode.RETURN_CODE_SUCCESS : codes[0];
        MqttProperties answer = token.getResponseProperties();
        long seq = answer == null
                ? 0
                : answer.getUserProperties().stream()
                        .filter(property -> property.getKey().equals("seq"))
                        .mapToLong(property -> Long.parseLong(property.getValue()))
                        .findFirst()
                        .orElse(0);
        return new Sent(code, answer == null ? null : answer.getReasonString(), seq);
    }

    Device5 disconnect() throws MqttException {
        client.disconnect().waitForCompletion(WAIT_MILLIS);
        client.close();
        return this;
    }

    /** Breaks the connection without a DISCONNECT. */
    Device5 cut() throws MqttException {
        client.disconnectForcibly(0, 0, false);
        client.close();
        return this;
    }

    boolean connected() {
        return client.isConnected();
    }

    @Override
    public void close() throws MqttException {
        if (client != null && client.isConnected()) {
            client.disconnectForcibly(0, 0, false);
        }
    }

    private final class Recorder implements MqttCallback {
        @Override
        public void messageArrived(String topic, MqttMessage message) {
            properties.put(topic, message.getProperties());
            arrived.add(new Arrived(
                    topic,
                    new String(message.getPayload(), StandardCharsets.UTF_8),
                    message.isDuplicate(),
                    message.getQos()));
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {
            disconnects.add(response.getReturnCode());
        }

        @Override
        public void mqttErrorOccurred(MqttException exception) {}

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void connectComplete(boolean reconnect, String serverUri) {}

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {}
    }
}
