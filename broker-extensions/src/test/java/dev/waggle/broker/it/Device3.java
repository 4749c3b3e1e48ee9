package dev.waggle.broker.it;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** A stock MQTT 3.1.1 client (Eclipse Paho) that records what it gets. */
final class Device3 implements AutoCloseable {
    private static final long WAIT_MILLIS = 10_000;

    final List<Arrived> arrived = new CopyOnWriteArrayList<>();
    private final Reachable broker;
    private final String user;
    private final String device;
    private final MqttConnectOptions options = new MqttConnectOptions();
    private MqttAsyncClient client;
    private boolean sessionPresent;

    /** A durable device, with a token of its own. */
    Device3(Reachable broker, String user, String device) {
        this.broker = broker;
        this.user = user;
        this.device = device;
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setCleanSession(false);
        options.setUserName(user);
        password(broker.token(user, device));
    }

    /** Another token than its own. */
    Device3 password(String token) {
        options.setPassword(token.toCharArray());
        return this;
    }

    /** Asks for MQTT 3.1 instead. */
    Device3 version31() {
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1);
        return this;
    }

    /** @throws MqttException with the code of the CONNACK, if that refuses */
    Device3 connect() throws MqttException {
        client = new MqttAsyncClient(broker.mqtt(), user + "." + device, new MemoryPersistence());
        client.setCallback(new Recorder());
        IMqttToken token = client.connect(options);
        token.waitForCompletion(WAIT_MILLIS);
        sessionPresent = token.getSessionPresent();
        return this;
    }

    boolean sessionPresent() {
        return sessionPresent;
    }

    Device3 subscribe() throws MqttException {
        client.subscribe("u/" + user + "/#", 1).waitForCompletion(WAIT_MILLIS);
        return this;
    }

    /** Publishes and returns when the PUBACK is there; the topic may end in an idempotency key. */
    void send(String conversation, String text) throws MqttException {
        publish("out/" + conversation, text);
    }

    /** Publishes below the user's own prefix and returns when the PUBACK is there. */
    void publish(String topic, String text) throws MqttException {
        client.publish("u/" + user + "/" + topic, text.getBytes(StandardCharsets.UTF_8), 1, false)
                .waitForCompletion(WAIT_MILLIS);
    }

    Device3 disconnect() throws MqttException {
        client.disconnect().waitForCompletion(WAIT_MILLIS);
        client.close();
        return this;
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
            arrived.add(new Arrived(
                    topic,
                    new String(message.getPayload(), StandardCharsets.UTF_8),
                    message.isDuplicate(),
                    message.getQos()));
        }

        @Override
        public void connectionLost(Throwable cause) {}

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {}
    }
}
