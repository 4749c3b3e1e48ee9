package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.auth.limit.BanLadder;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.broker.config.WaggleConfig.GuardLimits;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** T-53: an address that guesses may not come in for a while; who is in stays in; an operator sees it and can end it. */
class BansIT {
    private static final int NOT_AUTHORIZED = 0x87;
    private static final int BANNED = 0x8A;
    private static final int ALLOWED_FAILURES = 3;

    private TestBroker broker;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        WaggleConfig config = WaggleConfig.onFreePorts(data);
        GuardLimits usual = config.guards();
        BanLadder.Terms strict = new BanLadder.Terms(
                ALLOWED_FAILURES, Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofHours(1), List.of());
        broker = new TestBroker(config.withGuards(new GuardLimits(
                usual.connections(),
                usual.serviceConnections(),
                usual.deviceConnects(),
                usual.ordinary(),
                usual.filters(),
                strict)));
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private Device5 guesser() {
        String good = broker.token("eve", "desk");
        String forged = good.substring(0, good.length() - 8) + "AAAAAAAA";
        return new Device5(broker, "eve", "desk").with(() -> forged);
    }

    private static void assertRefused(ThrowingCallable connect, int code) {
        assertThatThrownBy(connect)
                .isInstanceOfSatisfying(
                        MqttException.class,
                        refused -> assertThat(refused.getReasonCode()).isEqualTo(code));
    }

    private void guess(int times) {
        for (int i = 0; i < times; i++) {
            assertRefused(() -> guesser().connect(), NOT_AUTHORIZED);
        }
    }

    @Test
    void guessing_bansTheAddressForMqttAndHttp_andThoseWhoAreInGoOn() throws Exception {
        try (Device5 alice = new Device5(broker, "alice", "phone").connect();
                Device5 bob = new Device5(broker, "bob", "phone").connect().subscribe()) {
            guess(ALLOWED_FAILURES + 1);
            assertRefused(() -> new Device5(broker, "carol", "phone").connect(), BANNED);
            assertThatThrownBy(() -> new Device3(broker, "dave", "phone").connect())
                    .hasMessageContaining("Not authorized");
            assertThat(HttpCaller.of(broker, "carol").call("me", "{}").status()).isEqualTo(429);
            assertThat(logIn().headers().firstValueAsLong("Retry-After").orElse(0))
                    .isBetween(1L, 60L);

            assertThat(alice.send("d/bob", "still here").reasonCode()).isZero();
            assertThat(bob.disconnects).isEmpty();
        }
    }

    @Test
    void bans_areListedWithTheirCause_andAnOperatorLiftsThem() throws Exception {
        guess(ALLOWED_FAILURES + 1);
        HttpCaller operator = HttpCaller.operator(broker);
        JsonNode bans = operator.admin("/admin/v1/bans").json().path("bans");
        assertThat(bans).hasSize(1);
        assertThat(bans.get(0).path("address").asText()).isEqualTo("127.0.0.1");
        assertThat(bans.get(0).path("cause").asText()).contains("signature");
        assertThat(bans.get(0).path("step").asInt()).isOne();
        assertThat(operator.admin("/metrics").body()).contains("waggle_banned_networks 1.0");

        JsonNode why = operator.admin("/admin/v1/explain?user=eve").json();
        assertThat(why.path("bans")).hasSize(1);
        assertThat(why.path("refusals")).hasSize(ALLOWED_FAILURES + 1);
        assertThat(why.path("refusals").get(0).path("code").asText()).isEqualTo("0x87");
        assertThat(why.path("refusals").get(0).path("reason").asText()).contains("signature");

        assertThat(operator.adminPost("/admin/v1/bans/lift", "{\"address\":\"127.0.0.1\"}")
                        .json()
                        .path("lifted")
                        .asBoolean())
                .isTrue();
        try (Device5 carol = new Device5(broker, "carol", "phone").connect()) {
            assertThat(carol.connected()).isTrue();
        }
        operator.adminPost("/admin/v1/bans", "{\"address\":\"127.0.0.1\",\"seconds\":60}");
        assertRefused(() -> new Device5(broker, "carol", "phone").connect(), BANNED);
    }

    @Test
    void guessingPasswords_bansTheAddressToo() throws Exception {
        for (int i = 0; i < ALLOWED_FAILURES + 1; i++) {
            assertThat(logIn().statusCode()).isEqualTo(401);
        }
        assertThat(logIn().statusCode()).isEqualTo(429);
        assertRefused(() -> new Device5(broker, "carol", "phone").connect(), BANNED);
    }

    @Test
    void expiredTokens_areRefused_butBanNobody() throws Exception {
        String expired = broker.token("eve", "desk", Duration.ofSeconds(1));
        await().untilAsserted(() -> assertRefused(
                () -> new Device5(broker, "eve", "desk").with(() -> expired).connect(), NOT_AUTHORIZED));
        for (int i = 0; i < 5 * ALLOWED_FAILURES; i++) {
            assertRefused(
                    () -> new Device5(broker, "eve", "desk").with(() -> expired).connect(), NOT_AUTHORIZED);
        }
        try (Device5 carol = new Device5(broker, "carol", "phone").connect()) {
            assertThat(carol.connected()).isTrue();
        }
    }

    private HttpResponse<String> logIn() throws Exception {
        String body = "{\"user\":\"nobody\",\"password\":\"wrong-password\",\"device\":\"d\"}";
        HttpRequest request = HttpRequest.newBuilder(URI.create(broker.http() + "/auth/token"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
