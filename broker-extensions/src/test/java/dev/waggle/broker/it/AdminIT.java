package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.broker.it.HttpCaller.Answer;
import dev.waggle.spec.message.Actor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The admin port of the whole broker: who may ask, who is connected, ending connections. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminIT {
    private TestBroker broker;
    private HttpCaller operator;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        broker = new TestBroker(data);
        operator = HttpCaller.operator(broker);
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin/v1/sessions",
                "/admin/v1/sessions/kick",
                "/admin/v1/revocations",
                "/admin/v1/users/bob/disable",
                "/admin/v1/users/bob/enable",
                "/admin/v1/nowhere",
                "/admin/v1/"
            })
    void anyPath_onlyWithTheRoleAdmin_alsoOnLoopback(String path) throws Exception {
        HttpCaller nobody = new HttpCaller(broker, null);
        HttpCaller broken = new HttpCaller(broker, "no.token.this");
        List<Answer> unauthorized = List.of(
                nobody.admin(path), nobody.adminPost(path, "{}"), broken.admin(path), broken.adminPost(path, "{}"));
        assertThat(unauthorized).extracting(Answer::status).containsOnly(401);
        for (Actor.Role role : List.of(Actor.Role.USER, Actor.Role.SERVICE, Actor.Role.MODERATOR)) {
            HttpCaller other = new HttpCaller(broker, broker.token("eve", "desk", role, Duration.ofMinutes(1)));
            assertThat(other.admin(path).status()).isEqualTo(403);
            assertThat(other.adminPost(path, "{\"user\":\"eve\"}").error()).isEqualTo("not-allowed");
        }
    }

    @Test
    void unknownPathsAndMethods_areRefused() throws Exception {
        assertThat(operator.admin("/admin/v1/nowhere").status()).isEqualTo(404);
        assertThat(operator.admin("/admin/v1/users/bob/disable").status()).isEqualTo(405);
        assertThat(operator.adminPost("/admin/v1/sessions", "{}").status()).isEqualTo(405);
        assertThat(operator.adminPost("/admin/v1/users/a.b/disable", "").status())
                .isEqualTo(400);
        assertThat(operator.adminPost("/admin/v1/users//disable", "").status()).isEqualTo(400);
        assertThat(operator.adminPost("/admin/v1/users/disable", "").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=1001", "limit=x", "uesr=ann", "user=a/b"})
    void sessions_badParameters_400(String query) throws Exception {
        assertThat(operator.admin("/admin/v1/sessions?" + query).error()).isEqualTo("bad-request");
    }

    @Test
    void sessions_tellWhoIsConnected() throws Exception {
        long before = System.currentTimeMillis();
        try (Device5 tom = new Device5(broker, "tom", "phone").connect()) {
            JsonNode all = operator.admin("/admin/v1/sessions?user=tom").json();

            assertThat(all.path("sessions")).hasSize(1);
            JsonNode one = all.path("sessions").get(0);
            assertThat(one.path("user").asText()).isEqualTo("tom");
            assertThat(one.path("device").asText()).isEqualTo("phone");
            assertThat(one.path("clientId").asText()).isEqualTo("tom.phone");
            assertThat(one.path("address").asText()).isEqualTo("127.0.0.1");
            assertThat(one.path("since").asLong()).isBetween(before, System.currentTimeMillis());
            assertThat(one.path("expires").asLong()).isGreaterThan(before + 590_000);
            assertThat(one.path("issuer").asText()).isEqualTo("waggle:local");
            assertThat(one.path("jti").asText()).isNotEmpty();
            assertThat(all.has("next")).isFalse();
        }
    }

    @Test
    void sessions_many_comeInPages() throws Exception {
        List<Device5> devices = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                devices.add(new Device5(broker, "paula", "d" + i).connect(true, 0));
            }
            List<String> seen = new ArrayList<>();
            String next = "";
            do {
                JsonNode page = operator.admin("/admin/v1/sessions?user=paula&limit=2" + next)
                        .json();
                page.path("sessions")
                        .forEach(each -> seen.add(each.path("clientId").asText()));
                next = page.has("next") ? "&after=" + page.path("next").asText() : "";
            } while (!next.isEmpty());

            assertThat(seen).containsExactly("paula.d0", "paula.d1", "paula.d2", "paula.d3", "paula.d4");
        } finally {
            for (Device5 device : devices) {
                device.close();
            }
        }
    }

    @Test
    void kick_endsTheConnectionsAsked_andTheyMayComeBack() throws Exception {
        try (Device5 phone = new Device5(broker, "kim", "phone").connect();
                Device5 tablet = new Device5(broker, "kim", "tablet").connect();
                Device5 other = new Device5(broker, "kimberly", "phone").connect()) {
            assertThat(operator.adminPost("/admin/v1/sessions/kick", "{\"user\":\"kim\",\"device\":\"phone\"}")
                            .json()
                            .path("ended")
                            .asInt())
                    .isEqualTo(1);
            await().atMost(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(phone.disconnects).contains(0x98));
            assertThat(tablet.connected()).isTrue();

            operator.adminPost("/admin/v1/sessions/kick", "{\"user\":\"kim\"}");
            await().atMost(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(tablet.disconnects).contains(0x98));
            assertThat(other.connected()).isTrue();
            assertThat(phone.connect().sessionPresent()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"user\":\"a/b\"}",
                "{\"user\":7}",
                "{\"user\":\"kim\",\"device\":\"a.b\"}",
                "{\"user\":\"kim\",\"devise\":\"phone\"}",
                "{\"user\":\"kim\",\"user\":\"ann\"}"
            })
    void kick_badBody_400(String body) throws Exception {
        assertThat(operator.adminPost("/admin/v1/sessions/kick", body).error()).isEqualTo("bad-request");
    }
}
