package dev.waggle.broker.it;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** hivemq-mqtt-client, MQTT 5: the key is the Correlation Data. */
final class HiveMqSender implements Sender {
    private final AtomicInteger unacknowledged = new AtomicInteger();
    private final Mqtt5AsyncClient client;

    HiveMqSender(Reachable broker, int port) throws Exception {
        client = Mqtt5Client.builder()
                .serverHost("127.0.0.1")
                .serverPort(port)
                .identifier(user() + ".d")
                .simpleAuth()
                .username(user())
                .password(broker.token(user(), "d").getBytes(StandardCharsets.US_ASCII))
                .applySimpleAuth()
                .automaticReconnect()
                .initialDelay(1, TimeUnit.SECONDS)
                .maxDelay(1, TimeUnit.SECONDS)
                .applyAutomaticReconnect()
                .buildAsync();
        client.connectWith()
                .cleanStart(false)
                .sessionExpiryInterval(3_600)
                .send()
                .get(10, TimeUnit.SECONDS);
    }

    @Override
    public String user() {
        return "hivemq";
    }

    @Override
    public void publish(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        unacknowledged.incrementAndGet();
        client.publishWith()
                .topic("u/hivemq/out/d/bob")
                .qos(MqttQos.AT_LEAST_ONCE)
                .correlationData(bytes)
                .payload(bytes)
                .send()
                .thenAccept(acknowledged -> unacknowledged.decrementAndGet());
    }

    @Override
    public int unacknowledged() {
        return unacknowledged.get();
    }

    @Override
    public void close() throws Exception {
        client.disconnect().get(10, TimeUnit.SECONDS);
    }
}
