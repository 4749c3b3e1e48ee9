package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waggle.broker.Endpoints;
import dev.waggle.broker.config.PushConfig;
import dev.waggle.broker.config.WaggleConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices that sleep are woken, those that acknowledge are not: on a real broker, with a program behind the webhook. */
class PushIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String REGISTRATION = "{\"provider\":\"webhook\",\"token\":\"%s\",\"privacy\":\"preview\"}";

    @TempDir
    Path data;

    private WebhookDouble webhook;
    /** That of another app. */
    private WebhookDouble shop;

    private TestBroker broker;

    @BeforeEach
    void start() throws Exception {
        webhook = new WebhookDouble();
        Path secret = Files.writeString(data.resolve("secret"), "a secret of more than thirty-two bytes\n");
        secret.toFile().setReadable(false, false);
        secret.toFile().setReadable(true, true);
        PushConfig usual = WaggleConfig.onFreePorts(data).push();
        shop = new WebhookDouble();
        PushConfig push =
                new PushConfig(List.of(app("default", webhook, secret), app("shop", shop, secret)), usual.pace());
        broker = new TestBroker(WaggleConfig.onFreePorts(data.resolve("data")).withPush(push));
    }

    private static PushConfig.App app(String id, WebhookDouble webhook, Path secret) {
        return new PushConfig.App(id, "", null, null, null, new PushConfig.Webhook(webhook.url(), secret));
    }

    @AfterEach
    void stop() {
        broker.close();
        shop.close();
        webhook.close();
    }

    @Test
    void sleepingPhone_isWoken_andOneThatAcknowledgesIsNot() throws Exception {
        register("bob", "phone");
        try (Device5 alice = new Device5(broker, "alice", "phone").connect();
                Device5 bob = new Device5(broker, "bob", "phone").connect().subscribe()) {
            alice.send("d/bob", "awake");
            await().atMost(SOON).until(() -> Arrived.texts(bob.arrived).contains("awake"));
            bob.disconnect();
            alice.send("d/bob", "asleep");
            await().atMost(SOON).until(() -> !webhook.got.isEmpty());

            JsonNode push = webhook.got.get(0);
            assertThat(push.path("user").asText()).isEqualTo("bob");
            assertThat(push.toString()).contains("asleep").doesNotContain("awake");
            assertThat(push.path("badge").asInt()).isEqualTo(2);
            assertThat(push.path("count").asInt()).isEqualTo(1);
        }
        await().atMost(SOON).until(() -> explain("bob").contains("\"what\":\"accepted\""));
        assertThat(explain("bob")).contains("\"why\":\"first\"");
        assertThat(HttpCaller.operator(broker).admin("/metrics").body())
                .contains("waggle_pushes_accepted_total{app=\"default\",provider=\"webhook\",} 1.0");
    }

    @Test
    void phoneBehindADeadLink_isWokenWithinASecondOfItsTime() throws Exception {
        register("bob", "phone");
        try (Relay relay = new Relay(broker.mqttPort());
                Device5 alice = new Device5(broker, "alice", "phone").connect();
                Device5 bob = new Device5(new Through(broker, relay), "bob", "phone")
                        .connect()
                        .subscribe()) {
            relay.loseAnswers();
            relay.loseRequests();
            long sent = System.currentTimeMillis();
            alice.send("d/bob", "hello");
            await().atMost(SOON).until(() -> !webhook.got.isEmpty());
            assertThat(webhook.times.get(0) - sent).isBetween(5_000L, 6_500L);

            // A second message is due when the window ends, but the phone is back and acknowledges before.
            alice.send("d/bob", "again");
            Device5 back = new Device5(broker, "bob", "phone").connect();
            await().atMost(SOON).until(() -> Arrived.texts(back.arrived).contains("again"));
            await().atMost(Duration.ofSeconds(20)).until(() -> explain("bob").contains("\"why\":\"acknowledged\""));
            assertThat(webhook.got).hasSize(1);
            back.close();
        }
    }

    /** The same broker, reached through a link that can die. */
    private record Through(TestBroker broker, Relay relay) implements Reachable {
        @Override
        public Endpoints endpoints() {
            return broker.endpoints();
        }

        @Override
        public Path data() {
            return broker.data();
        }

        @Override
        public int mqttPort() {
            return relay.port();
        }
    }

    @Test
    void calls_registerOnlyTheDeviceOfTheToken_andSayWhatIsWrong() throws Exception {
        HttpCaller phone = caller("bob", "phone");
        assertThat(phone.call("push.register", "{\"provider\":\"fcm\",\"token\":\"t\"}")
                        .error())
                .isEqualTo("not-found");
        assertThat(phone.call("push.register", "{\"provider\":\"pigeon\"}").error())
                .isEqualTo("bad-request");
        assertThat(phone.call("push.register", REGISTRATION.formatted("t")).body())
                .isEqualTo("{\"device\":\"phone\",\"registered\":true}");
        assertThat(phone.call("push.settings", "{\"privacy\":\"sender\"}").body())
                .contains("\"privacy\":\"sender\"");
        broker.restart();
        assertThat(caller("bob", "phone").call("push.settings", "{}").body()).contains("\"privacy\":\"sender\"");
        assertThat(caller("bob", "phone").call("push.unregister", "{}").body())
                .isEqualTo("{\"device\":\"phone\",\"registered\":false}");
    }

    @Test
    void deviceOfAnotherApp_isWokenByItsProvider_andAnAppThatIsNoneIsRefused() throws Exception {
        HttpCaller phone = caller("bob", "phone");
        String ofApp = "{\"provider\":\"webhook\",\"token\":\"t\",\"app\":\"%s\"}";
        HttpCaller.Answer refused = phone.call("push.register", ofApp.formatted("ship"));
        assertThat(refused.error()).isEqualTo("not-found");
        assertThat(refused.body()).contains("to the app ship here; there are default (webhook), shop (webhook)");
        assertThat(phone.call("push.register", ofApp.formatted("shop")).status())
                .isEqualTo(200);
        // The same words, but of another app's program: another place.
        register("carol", "phone", "t");
        try (Device5 alice = new Device5(broker, "alice", "phone").connect()) {
            alice.send("d/bob", "for the shop");
            await().atMost(SOON).until(() -> !shop.got.isEmpty());
        }
        assertThat(shop.got.get(0).path("user").asText()).isEqualTo("bob");
        assertThat(webhook.got).isEmpty();
    }

    @Test
    void pushThatWasGivenUp_isListedWithoutItsContent_andSentOnceMoreWhenAskedFor() throws Exception {
        register("bob", "phone");
        webhook.status = 400;
        try (Device5 alice = new Device5(broker, "alice", "phone").connect()) {
            alice.send("d/bob", "a secret");
            await().atMost(SOON).until(() -> dead().path("pushes").size() == 1);
        }
        JsonNode letter = dead().path("pushes").get(0);
        assertThat(letter.path("user").asText()).isEqualTo("bob");
        assertThat(letter.path("conv").asText()).isEqualTo("d/alice");
        assertThat(letter.path("app").asText()).isEqualTo("default");
        assertThat(letter.path("provider").asText()).isEqualTo("webhook");
        assertThat(letter.path("cause").asText()).isEqualTo("undeliverable");
        assertThat(letter.path("tries").asInt()).isEqualTo(1);
        assertThat(letter.toString()).doesNotContain("secret", "address-of-bob");

        webhook.status = 204;
        String replay = "/admin/v1/push/dead/" + letter.path("id").asText() + "/replay";
        assertThat(HttpCaller.operator(broker)
                        .adminPost(replay, "{\"to\":\"carol\"}")
                        .status())
                .isEqualTo(400);
        assertThat(HttpCaller.operator(broker).adminPost(replay, "").body())
                .isEqualTo("{\"sent\":true,\"why\":\"first\",\"push\":" + letter.path("push") + "}");
        await().atMost(SOON).until(() -> webhook.got.size() == 2);
        assertThat(webhook.ids()).hasSize(1);
        assertThat(dead().path("pushes")).isEmpty();
        assertThat(HttpCaller.operator(broker).adminPost(replay, "").status()).isEqualTo(404);
    }

    private JsonNode dead() throws Exception {
        return new ObjectMapper()
                .readTree(HttpCaller.operator(broker)
                        .admin("/admin/v1/push/dead?user=bob&app=default")
                        .body());
    }

    @Test
    void whoLogsOut_isNotWokenAnyMore() throws Exception {
        register("bob", "phone");
        register("bob", "tablet", "of-the-tablet");
        assertThat(HttpCaller.operator(broker)
                        .adminPost("/admin/v1/revocations", "{\"user\":\"bob\",\"device\":\"phone\"}")
                        .status())
                .isEqualTo(200);
        try (Device5 alice = new Device5(broker, "alice", "phone").connect()) {
            alice.send("d/bob", "hello");
            await().atMost(SOON).until(() -> !webhook.got.isEmpty());
        }
        assertThat(webhook.got).extracting(push -> push.path("device").asText()).containsExactly("tablet");
    }

    @Test
    void addressThatMovesToAnotherUser_isNotRungForTheOldOne() throws Exception {
        register("bob", "phone", "one-address");
        register("carol", "phone", "one-address");
        try (Device5 alice = new Device5(broker, "alice", "phone").connect()) {
            alice.send("d/bob", "for bob");
            alice.send("d/carol", "for carol");
            await().atMost(SOON).until(() -> !webhook.got.isEmpty());
        }
        assertThat(webhook.got).hasSize(1);
        assertThat(webhook.got.get(0).path("user").asText()).isEqualTo("carol");
    }

    @Test
    void restartWhileTheProviderIsDown_wakesOnce_withTheSameId() throws Exception {
        register("bob", "phone");
        webhook.status = 503;
        try (Device5 alice = new Device5(broker, "alice", "phone").connect()) {
            alice.send("d/bob", "hello");
            await().atMost(SOON).until(() -> !webhook.got.isEmpty());
        }
        webhook.status = 204;
        broker.restart();
        await().atMost(SOON).until(() -> webhook.got.size() == 2);
        assertThat(webhook.ids()).hasSize(1);
    }

    private void register(String user, String device) throws Exception {
        register(user, device, "address-of-" + user);
    }

    private void register(String user, String device, String address) throws Exception {
        assertThat(caller(user, device)
                        .call("push.register", REGISTRATION.formatted(address))
                        .status())
                .isEqualTo(200);
    }

    private HttpCaller caller(String user, String device) {
        return new HttpCaller(broker, broker.token(user, device));
    }

    private String explain(String user) throws Exception {
        return HttpCaller.operator(broker)
                .admin("/admin/v1/explain?user=" + user)
                .body();
    }
}
