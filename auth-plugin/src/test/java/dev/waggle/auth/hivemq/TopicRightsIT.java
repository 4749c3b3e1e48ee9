package dev.waggle.auth.hivemq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.junit.jupiter.api.Test;

/** What clients may subscribe and publish on a real host. */
class TopicRightsIT extends OnSecuredHost {
    @Test
    void subscribe_manyFilters_eachDecidedAlone() throws Exception {
        MqttAsyncClient client = host.five("fay", "d");

        IMqttToken token = client.subscribe(new MqttSubscription[] {
            new MqttSubscription("u/fay/#", 1),
            new MqttSubscription("#", 1),
            new MqttSubscription("u/bob/#", 1),
            new MqttSubscription("u/+/in/#", 1),
            new MqttSubscription("$share/g/u/fay/#", 1),
            new MqttSubscription("$SYS/#", 1),
            new MqttSubscription("closed/x", 1),
            new MqttSubscription("open/x", 0)
        });
        token.waitForCompletion(10_000);

        assertThat(token.getReasonCodes()).containsExactly(1, 0x87, 0x87, 0x87, 0x87, 0x87, 0x87, 0);
        client.disconnect().waitForCompletion(10_000);
    }

    @Test
    void subscribe_withoutRight311_returnCode128() throws Exception {
        var client = new org.eclipse.paho.client.mqttv3.MqttClient(
                "tcp://127.0.0.1:" + host.broker().port,
                "gil.d",
                new org.eclipse.paho.client.mqttv3.persist.MemoryPersistence());
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setUserName("gil");
        options.setPassword(host.token("gil", "d").toCharArray());
        client.connect(options);

        int[] granted = client.subscribeWithResponse(new String[] {"u/gil/#", "u/+/#", "open/#"}, new int[] {1, 1, 0})
                .getGrantedQos();

        assertThat(granted).containsExactly(1, 128, 0);
        client.disconnect();
        client.close();
    }

    @Test
    void publish_ordinaryTopicWithoutRight_reachesNobody() throws Exception {
        MqttAsyncClient watcher = host.five("hal", "watch");
        ConcurrentLinkedQueue<String> got = host.subscribe(watcher, "open/#");

        // The host alone ends the connection; with the chat in front, such a publish does not get here.
        for (String topic : List.of("closed/x", "u/hal/out/d/bob", "u/bob/out/d/hal")) {
            MqttAsyncClient client = host.five("hal", "other");
            client.publish(topic, new byte[1], 1, false);
            await().untilAsserted(
                            () -> assertThat(client.isConnected()).as(topic).isFalse());
            client.close(true);
        }
        watcher.publish("open/1", "x".getBytes(), 1, false).waitForCompletion(10_000);

        await().untilAsserted(() -> assertThat(got).containsExactly("open/1 x"));
        watcher.disconnect().waitForCompletion(10_000);
    }
}
