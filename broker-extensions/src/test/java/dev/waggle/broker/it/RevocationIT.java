package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waggle.broker.it.HttpCaller.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that are taken back, and users that are disabled, with a stock client; users differ from test to test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevocationIT {
    /** The promise: from the answer to the operator to the end of the connection. */
    private static final Duration PROMISED = Duration.ofSeconds(1);

    private static final int NOT_AUTHORIZED = 0x87;
    private static final int QUOTA_EXCEEDED = 0x97;
    private static final int ADMINISTRATIVE_ACTION = 0x98;

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

    private void revoke(String json) throws Exception {
        Answer answer = operator.adminPost("/admin/v1/revocations", json);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    static String jti(String token) throws IOException {
        return new ObjectMapper()
                .readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]))
                .path("jti")
                .asText();
    }

    static void assertRefused(Device5 device) {
        assertThatThrownBy(device::connect)
                .isInstanceOfSatisfying(
                        MqttException.class,
                        refused -> assertThat(refused.getReasonCode()).isEqualTo(NOT_AUTHORIZED));
    }

    private static void assertEnds(Device5 device, int code) {
        await().pollInterval(Duration.ofMillis(5))
                .atMost(PROMISED)
                .untilAsserted(() -> assertThat(device.disconnects).contains(code));
    }

    /** A token counts again from the next whole second on. */
    private static void untilLetIn(Device5 device) {
        await().atMost(Duration.ofSeconds(5))
                .ignoreExceptions()
                .until(() -> device.connect().connected());
    }

    @Test
    void token_revokedById_endsItsConnection_andIsGoodNowhere() throws Exception {
        String token = broker.token("ada", "phone");
        Device5 phone =
                new Device5(broker, "ada", "phone").with(() -> token).connect().subscribe();
        Device5 tablet = new Device5(broker, "ada", "tablet").connect();
        revoke("{\"jti\":\"" + jti(token) + "\"}");

        assertEnds(phone, NOT_AUTHORIZED);
        assertRefused(phone);
        Answer call = new HttpCaller(broker, token).call("me", "{}");
        assertThat(call.status()).isEqualTo(401);
        assertThat(call.json().path("error").path("message").asText()).isEqualTo("token revoked");
        assertThat(tablet.connected()).isTrue();

        tablet.send("d/ada", "waits for the phone");
        String fresh = broker.token("ada", "phone");
        phone.with(() -> fresh).connect();
        assertThat(phone.sessionPresent()).isTrue();
        await().untilAsserted(() ->
                assertThat(phone.arrived).anyMatch(each -> each.text().equals("waits for the phone")));
        phone.close();
        tablet.close();
    }

    @Test
    void tokens_ofADevice_areRevokedOnThatDeviceOnly() throws Exception {
        Device5 phone = new Device5(broker, "bea", "phone").connect();
        Device5 tablet = new Device5(broker, "bea", "tablet").connect();
        String old = broker.token("bea", "phone");
        revoke("{\"user\":\"bea\",\"device\":\"phone\"}");

        assertEnds(phone, NOT_AUTHORIZED);
        assertThat(tablet.connected()).isTrue();
        assertRefused(new Device5(broker, "bea", "phone").with(() -> old));
        untilLetIn(phone);
        phone.close();
        tablet.close();
    }

    @Test
    void tokens_ofAUser_areRevokedOnAllDevices() throws Exception {
        Device5 phone = new Device5(broker, "cleo", "phone").connect();
        Device5 tablet = new Device5(broker, "cleo", "tablet").connect();
        String old = broker.token("cleo", "http");
        revoke("{\"user\":\"cleo\"}");

        assertEnds(phone, NOT_AUTHORIZED);
        assertEnds(tablet, NOT_AUTHORIZED);
        assertThat(new HttpCaller(broker, old).call("me", "{}").status()).isEqualTo(401);
        untilLetIn(phone);
        assertThat(HttpCaller.of(broker, "cleo").call("me", "{}").status()).isEqualTo(200);
        phone.close();
    }

    @Test
    void user_disabled_isOut_untilEnabled() throws Exception {
        Device5 phone = new Device5(broker, "dora", "phone").connect();
        assertThat(operator.adminPost("/admin/v1/users/dora/disable", "")
                        .json()
                        .path("enabled")
                        .asBoolean(true))
                .isFalse();

        assertEnds(phone, ADMINISTRATIVE_ACTION);
        assertRefused(phone);
        assertThat(HttpCaller.of(broker, "dora").call("me", "{}").status()).isEqualTo(401);
        assertThat(operator.adminPost("/admin/v1/users/dora/enable", "").status())
                .isEqualTo(200);
        phone.connect();
        assertThat(phone.sessionPresent()).isTrue();
        phone.close();
    }

    @Test
    void refusedConnect_touchesNobodysSession() throws Exception {
        String lost = broker.token("emma", "phone");
        Device5 phone = new Device5(broker, "emma", "phone").connect().subscribe();
        revoke("{\"jti\":\"" + jti(lost) + "\"}");
        Device5 thief = new Device5(broker, "emma", "phone").with(() -> lost);

        assertRefused(thief);
        assertThatThrownBy(() -> thief.connect(true, 0)).isInstanceOf(MqttException.class);

        assertThat(phone.connected()).isTrue();
        phone.send("d/emma", "still here");
        phone.disconnect();
        assertThat(phone.connect().sessionPresent()).isTrue();
        phone.close();
    }

    @Test
    void device_forgottenByItsUser_isOut_andMakesRoomForAnother() throws Exception {
        for (int i = 1; i <= 15; i++) {
            new Device5(broker, "gus", "old" + i).connect().subscribe().disconnect();
        }
        Device5 lost = new Device5(broker, "gus", "lost").connect().subscribe();
        Device5 next = new Device5(broker, "gus", "next");
        assertThatThrownBy(next::connect)
                .isInstanceOfSatisfying(
                        MqttException.class,
                        refused -> assertThat(refused.getReasonCode()).isEqualTo(QUOTA_EXCEEDED));

        HttpCaller owner = HttpCaller.of(broker, "gus");
        assertThat(owner.call("device.list", "{}").json().path("devices")).hasSize(16);
        assertThat(owner.call("device.forget", "{\"device\":\"lost\"}").json().toString())
                .isEqualTo("{\"forgotten\":true}");
        await().pollInterval(Duration.ofMillis(5)).atMost(PROMISED).until(() -> !lost.disconnects.isEmpty());
        assertThat(next.connect().sessionPresent()).isFalse();
        assertThat(owner.call("device.list", "{}").json().path("devices"))
                .extracting(each -> each.path("device").asText())
                .contains("next")
                .doesNotContain("lost");
        next.close();
    }

    @Test
    void list_tellsWhatWasRevoked() throws Exception {
        revoke("{\"user\":\"fay\",\"device\":\"phone\"}");
        revoke("{\"user\":\"fay\"}");
        revoke("{\"jti\":\"of-fay\"}");
        operator.adminPost("/admin/v1/users/fay/disable", "");

        assertThat(operator.admin("/admin/v1/revocations?limit=1000").json().path("revocations"))
                .filteredOn(each -> each.toString().contains("fay"))
                .extracting(each -> each.path("kind").asText())
                .containsExactly("token", "device", "user", "disabled");
        assertThat(operator.admin("/admin/v1/revocations?limit=1")
                        .json()
                        .path("next")
                        .asText())
                .isNotEmpty();
    }
}
