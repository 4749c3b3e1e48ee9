package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import dev.waggle.auth.TopicGrant;
import dev.waggle.auth.TopicRule;
import dev.waggle.auth.jwt.TokenRequest;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** T-32, T-51: rights to ordinary topics that end, with what was subscribed and queued while they were there. */
class RightsChangeIT {
    @TempDir
    Path data;

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private TestBroker broker;
    private Device5 bob;

    @BeforeEach
    void start() throws Exception {
        TopicRule rooms = new TopicRule(
                Set.of("user"), TopicGrant.parse("publish|subscribe room/#").get());
        broker = new TestBroker(WaggleConfig.onFreePorts(data).withTopicRules(List.of(rooms)));
        bob = new Device5(broker, "bob", "d").connect();
    }

    @AfterEach
    void stop() throws Exception {
        bob.close();
        broker.close();
    }

    private TokenRequest wide() {
        return TokenRequest.of(new UserId("alice"), new DeviceId("phone"), Actor.Role.USER, Duration.ofMinutes(10));
    }

    private TokenRequest narrow() {
        return wide().withTopics(
                        List.of(TopicGrant.parse("publish|subscribe room/kept").get()));
    }

    private Mqtt5AsyncClient connect(TokenInAuth auth) throws Exception {
        Mqtt5AsyncClient client = auth.client(broker, end -> {});
        listen(client);
        client.connectWith()
                .cleanStart(false)
                .sessionExpiryInterval(3_600)
                .send()
                .get(10, TimeUnit.SECONDS);
        return client;
    }

    /**
     * With the token as password: this client takes the CONNACK of an enhanced authentication a moment later than a PUBLISH
     * of the same read, and ends the connection then.
     */
    private Mqtt5AsyncClient reconnect(String token) throws Exception {
        Mqtt5AsyncClient client = Mqtt5Client.builder()
                .serverHost("127.0.0.1")
                .serverPort(broker.mqttPort())
                .identifier("alice.phone")
                .buildAsync();
        listen(client);
        client.connectWith()
                .cleanStart(false)
                .sessionExpiryInterval(3_600)
                .simpleAuth()
                .password(token.getBytes(StandardCharsets.US_ASCII))
                .applySimpleAuth()
                .send()
                .get(10, TimeUnit.SECONDS);
        return client;
    }

    private void listen(Mqtt5AsyncClient client) {
        client.publishes(
                MqttGlobalPublishFilter.ALL,
                message -> seen.add(new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8)));
    }

    private static void subscribe(Mqtt5AsyncClient client, String filter) throws Exception {
        client.subscribeWith()
                .topicFilter(filter)
                .qos(MqttQos.AT_LEAST_ONCE)
                .send()
                .get(10, TimeUnit.SECONDS);
    }

    private void say(String topic, String text) throws Exception {
        assertThat(bob.publish(topic, text, null).reasonCode()).isLessThan(0x80);
    }

    /** The kept room's message comes after the other's, so when it is there the other will not come. */
    private void sayInBoth(String text) throws Exception {
        say("room/ended", "ended " + text);
        say("room/kept", "kept " + text);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(seen).contains("kept " + text));
    }

    @Test
    void renewalWithNarrowerRights_endsSubscriptions_forThisConnectionAndForGood() throws Exception {
        TokenInAuth auth = new TokenInAuth("OAUTH2-JWT", broker.token(wide()));
        Mqtt5AsyncClient alice = connect(auth);
        subscribe(alice, "room/ended");
        subscribe(alice, "room/kept");
        sayInBoth("one");
        assertThat(seen).contains("ended one");

        auth.token = broker.token(narrow());
        alice.reauth().get(10, TimeUnit.SECONDS);
        sayInBoth("two");
        assertThat(alice.publishWith()
                        .topic("room/ended")
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .send()
                        .handle((result, failure) ->
                                failure != null || result.getError().isPresent())
                        .get(10, TimeUnit.SECONDS))
                .isTrue();
        alice.disconnect().get(10, TimeUnit.SECONDS);
        sayLater("three");

        // Rights that come back bring no subscription back.
        Mqtt5AsyncClient again = reconnect(broker.token(wide()));
        sayInBoth("four");
        again.disconnect().get(10, TimeUnit.SECONDS);
        bob.disconnect();
        broker.restart();
        bob.connect();
        reconnect(broker.token(wide()));
        sayInBoth("five");

        assertThat(seen).containsExactly("ended one", "kept one", "kept two", "kept three", "kept four", "kept five");
    }

    private void sayLater(String text) throws Exception {
        say("room/ended", "ended " + text);
        say("room/kept", "kept " + text);
    }

    @Test
    void reconnectWithNarrowerRights_deliversNothingThatWasQueuedBefore() throws Exception {
        Mqtt5AsyncClient alice = connect(new TokenInAuth("OAUTH2-JWT", broker.token(wide())));
        subscribe(alice, "room/ended");
        subscribe(alice, "room/kept");
        alice.disconnect().get(10, TimeUnit.SECONDS);
        sayLater("queued");

        Mqtt5AsyncClient narrow = reconnect(broker.token(narrow()));
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(seen).contains("kept queued"));
        sayInBoth("live");
        narrow.disconnect().get(10, TimeUnit.SECONDS);
        reconnect(broker.token(wide()));
        sayInBoth("later");

        assertThat(seen).containsExactly("kept queued", "kept live", "kept later");
    }

    /** Only what lies wholly inside the rights stays: a filter is not cut down. */
    @Test
    void widerFilter_endsAsAWhole() throws Exception {
        TokenInAuth auth = new TokenInAuth("OAUTH2-JWT", broker.token(wide()));
        Mqtt5AsyncClient alice = connect(auth);
        subscribe(alice, "room/#");
        auth.token = broker.token(narrow());
        alice.reauth().get(10, TimeUnit.SECONDS);
        sayLater("lost");
        subscribe(alice, "room/kept");
        sayInBoth("subscribed");

        assertThat(seen).containsExactly("kept subscribed");
    }
}
