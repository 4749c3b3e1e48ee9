package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.auth.TopicGrant;
import dev.waggle.auth.TopicRule;
import dev.waggle.auth.jwt.TokenRequest;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that name the ordinary topics they are for. */
class NarrowTokenIT {
    private static final int NOT_AUTHORIZED = 0x87;

    @TempDir
    Path data;

    private static Device5 meter(TestBroker broker, List<String> topics) {
        TokenRequest request = TokenRequest.of(
                        new UserId("meter"), new DeviceId("d"), Actor.Role.USER, Duration.ofMinutes(10))
                .withTopics(topics.stream()
                        .map(text -> TopicGrant.parse(text).get())
                        .toList());
        return new Device5(broker, "meter", "d").with(() -> broker.token(request));
    }

    @Test
    void tokenWithTopics_opensThemWithinTheRules_andTheChatAsEver() throws Exception {
        TopicRule rule = new TopicRule(
                Set.of("user"), TopicGrant.parse("publish telemetry/${user}/#").get());
        try (TestBroker broker = new TestBroker(WaggleConfig.onFreePorts(data).withTopicRules(List.of(rule)))) {
            Device5 narrow = meter(broker, List.of("publish telemetry/meter/heat", "publish other/#"))
                    .connect();
            assertThat(narrow.publish("telemetry/meter/heat", "21", null).reasonCode())
                    .isLessThan(0x80);
            assertThat(narrow.publish("telemetry/meter/power", "21", null).reasonCode())
                    .isEqualTo(NOT_AUTHORIZED);
            assertThat(narrow.publish("other/x", "21", null).reasonCode()).isEqualTo(NOT_AUTHORIZED);
            assertThat(narrow.send("d/bob", "hello").reasonCode()).isZero();
            narrow.close();

            Device5 closed = meter(broker, List.of()).connect();
            assertThat(closed.publish("telemetry/meter/heat", "21", null).reasonCode())
                    .isEqualTo(NOT_AUTHORIZED);
            assertThat(closed.send("d/bob", "hello").reasonCode()).isZero();
            closed.close();
        }
    }
}
