package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.auth.Role;
import dev.waggle.auth.Roles;
import dev.waggle.auth.TopicGrant;
import dev.waggle.auth.TopicRule;
import dev.waggle.auth.jwt.TokenRequest;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.spec.message.Actor;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roles of the configuration: their base counts in the chat, their name for ordinary topics. */
class ConfiguredRoleIT {
    private static final int NOT_AUTHORIZED = 0x87;
    private static final Role SENSOR = new Role("sensor", Actor.Role.USER);
    private static final Role UNKNOWN = new Role("gateway", Actor.Role.USER);

    @TempDir
    Path data;

    private static Device5 meter(TestBroker broker, String role) {
        Roles known = Roles.with(List.of(SENSOR, UNKNOWN)).get();
        TokenRequest request =
                TokenRequest.parse("meter", "d", role, "10m", known).get();
        return new Device5(broker, "meter", "d").with(() -> broker.token(request));
    }

    @Test
    void roleOfTheConfiguration_opensItsTopics_andIsItsBaseInTheChat() throws Exception {
        WaggleConfig config = WaggleConfig.onFreePorts(data)
                .withRights(new WaggleConfig.Rights(
                        Roles.with(List.of(SENSOR)).get(),
                        List.of(
                                new TopicRule(
                                        Set.of("sensor"),
                                        TopicGrant.parse("publish telemetry/${user}")
                                                .get()),
                                new TopicRule(
                                        Set.of("user"),
                                        TopicGrant.parse("publish home/${user}").get()),
                                new TopicRule(
                                        Set.of("user", "sensor"),
                                        TopicGrant.parse("publish by/${role}/state")
                                                .get())),
                        WaggleConfig.Anonymous.NOBODY));
        try (TestBroker broker = new TestBroker(config)) {
            Device5 sensor = meter(broker, "sensor").connect();
            assertThat(sensor.publish("telemetry/meter", "21", null).reasonCode())
                    .isLessThan(0x80);
            assertThat(sensor.publish("home/meter", "21", null).reasonCode()).isEqualTo(NOT_AUTHORIZED);
            assertThat(sensor.publish("by/sensor/state", "on", null).reasonCode())
                    .isLessThan(0x80);
            assertThat(sensor.publish("by/user/state", "on", null).reasonCode()).isEqualTo(NOT_AUTHORIZED);
            assertThat(sensor.send("d/bob", "21 degrees").reasonCode()).isZero();
            Roles known = Roles.with(List.of(SENSOR)).get();
            String token = broker.token(
                    TokenRequest.parse("meter", "http", "sensor", "10m", known).get());
            assertThat(new HttpCaller(broker, token).call("me", "{}").json().path("roles"))
                    .hasToString("[\"sensor\"]");
            sensor.close();

            Device5 user = meter(broker, "user").connect();
            assertThat(user.publish("telemetry/meter", "21", null).reasonCode()).isEqualTo(NOT_AUTHORIZED);
            assertThat(user.publish("home/meter", "21", null).reasonCode()).isLessThan(0x80);
            assertThat(user.publish("by/user/state", "on", null).reasonCode()).isLessThan(0x80);
            user.close();

            assertThatThrownBy(() -> meter(broker, "gateway").connect())
                    .isInstanceOfSatisfying(
                            MqttException.class,
                            refused -> assertThat(refused.getReasonCode()).isEqualTo(NOT_AUTHORIZED));
        }
    }
}
