package dev.waggle.broker.it;

import java.nio.charset.StandardCharsets;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Eclipse Paho, MQTT 3.1.1: the key is the last topic level. */
final class Paho3Sender implements Sender {
    private final MqttAsyncClient client;

    Paho3Sender(Reachable broker, int port) throws MqttException {
        client = new MqttAsyncClient("tcp://127.0.0.1:" + port, user() + ".d", new MemoryPersistence());
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setCleanSession(false);
        options.setAutomaticReconnect(true);
        options.setMaxReconnectDelay(1_000);
        options.setMaxInflight(2 * batch());
        options.setUserName(user());
        options.setPassword(broker.token(user(), "d").toCharArray());
        client.connect(options).waitForCompletion(10_000);
    }

    @Override
    public String user() {
        return "paho3";
    }

    @Override
    public void publish(String text) throws MqttException {
        client.publish("u/paho3/out/d/bob/" + text, text.getBytes(StandardCharsets.UTF_8), 1, false);
    }

    @Override
    public int unacknowledged() {
        return client.getPendingDeliveryTokens().length;
    }

    @Override
    public void close() throws MqttException {
        client.disconnectForcibly(0, 0, false);
        client.close(true);
    }
}
