package dev.waggle.broker.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.auth.TopicRule;
import dev.waggle.auth.TopicRule.Action;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.message.Actor.Role;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicRulesTest {

    private static Parsed<List<TopicRule>> read(String... lines) {
        return TopicRules.KIND.read().apply(List.of(lines));
    }

    @Test
    void read_lines_areRules() {
        assertThat(read("user publish telemetry/${user}/#", " service|admin  publish|subscribe  telemetry/# ")
                        .get())
                .containsExactly(
                        new TopicRule(Set.of(Action.PUBLISH), Set.of(Role.USER), "telemetry/${user}/#"),
                        new TopicRule(
                                Set.of(Action.PUBLISH, Action.SUBSCRIBE),
                                Set.of(Role.SERVICE, Role.ADMIN),
                                "telemetry/#"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "user publish; three words",
                "'';three words",
                "robot publish a/b; 'robot' is none of user",
                "user| publish a/b; '' is none of user",
                "user read a/b; 'read' is none of publish",
                "user publish u/${user}/#; u/ is the chat",
                "user publish #; u/ is the chat",
                "user publish a/x${user}; without $"
            })
    void read_badLine_saysWhatIsWrong(String line, String reason) {
        assertThat(read(line))
                .isInstanceOfSatisfying(
                        Parsed.Bad.class,
                        bad -> assertThat(bad.reason()).contains(line).contains(reason));
    }
}
