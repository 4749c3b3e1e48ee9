package dev.waggle.broker.it;

import java.nio.charset.StandardCharsets;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * Eclipse Paho, MQTT 5: the key is the Correlation Data and the last topic level as well. The latter is for Paho's sake:
 * it sends a topic that it used before as an alias, and sends only that alias again on the next connection, where it
 * means nothing (eclipse-paho/paho.mqtt.java issue 1104). A topic that is used once is sent whole.
 */
final class Paho5Sender implements Sender {
    private final MqttAsyncClient client;

    Paho5Sender(Reachable broker, int port) throws MqttException {
        client = new MqttAsyncClient("tcp://127.0.0.1:" + port, user() + ".d", new MemoryPersistence());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(false);
        options.setSessionExpiryInterval(3_600L);
        options.setAutomaticReconnect(true);
        options.setAutomaticReconnectDelay(1, 1);
        options.setUserName(user());
        options.setPassword(broker.token(user(), "d").getBytes(StandardCharsets.US_ASCII));
        client.connect(options).waitForCompletion(10_000);
    }

    @Override
    public String user() {
        return "paho5";
    }

    @Override
    public void publish(String text) throws MqttException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        MqttMessage message = new MqttMessage(bytes, 1, false, new MqttProperties());
        message.getProperties().setCorrelationData(bytes);
        client.publish("u/paho5/out/d/bob/" + text, message);
    }

    @Override
    public int unacknowledged() {
        return client.getPendingTokens().length;
    }

    @Override
    public void close() throws MqttException {
        client.disconnectForcibly(0, 0, false);
        client.close(true);
    }
}
