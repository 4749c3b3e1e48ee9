package dev.waggle.broker.config;

import static dev.waggle.auth.TopicGrant.Action.PUBLISH;
import static dev.waggle.auth.TopicGrant.Action.SUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.auth.TopicGrant;
import dev.waggle.auth.TopicRule;
import dev.waggle.spec.Parsed;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicRulesTest {

    private static Parsed<List<TopicRule>> read(String... lines) {
        return TopicRules.KIND.read().apply(List.of(lines));
    }

    @Test
    void read_lines_areRules() {
        assertThat(read(
                                "user publish telemetry/${user}/#",
                                " service|admin  publish|subscribe  telemetry/# ",
                                "user publish a/b qos<=1 noretain",
                                "user publish|subscribe a/b noretain  qos<=0")
                        .get())
                .containsExactly(
                        new TopicRule(Set.of("user"), TopicGrant.of(Set.of(PUBLISH), "telemetry/${user}/#")),
                        new TopicRule(
                                Set.of("service", "admin"), TopicGrant.of(Set.of(PUBLISH, SUBSCRIBE), "telemetry/#")),
                        new TopicRule(Set.of("user"), new TopicGrant(Set.of(PUBLISH), "a/b", 1, false)),
                        new TopicRule(Set.of("user"), new TopicGrant(Set.of(PUBLISH, SUBSCRIBE), "a/b", 0, false)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "user publish; needed are actions",
                "user; three words",
                "'';three words",
                "Robot publish a/b; 'Robot' is no name of a role",
                "user| publish a/b; '' is no name of a role",
                "user read a/b; 'read' is none of publish",
                "user publish u/${user}/#; u/ is the chat",
                "user publish #; u/ is the chat",
                "user publish a/x${user}; without $",
                "user publish a/${roles}; ${device} or ${role}",
                "user publish a/b qos<1; 'qos<1' is none of qos<=0",
                "user publish a/b qos<=2; 'qos<=2' is none of",
                "user publish a/b qos<=1 qos<=0; each at most once",
                "user publish a/b noretain noretain; each at most once",
                "user publish a/b c; 'c' is none of",
                "user subscribe a/b noretain; speaks of publishing"
            })
    void read_badLine_saysWhatIsWrong(String line, String reason) {
        assertThat(read(line))
                .isInstanceOfSatisfying(
                        Parsed.Bad.class,
                        bad -> assertThat(bad.reason()).contains(line).contains(reason));
    }

    @Test
    void roles_ofRules_mustBeRoles(@TempDir Path folder) {
        Map<String, String> sensor = Map.of(
                "WAGGLE_TOPICS_RULES", "sensor|gateway publish a/b", "WAGGLE_ROLES", "sensor=user, meter=service");
        assertThat(new ConfigReader(folder, sensor).read(null, Map.of()))
                .isInstanceOfSatisfying(
                        ConfigReading.Refused.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .asString()
                                .contains(
                                        "topics.rules", "'gateway'", "user, service, moderator, admin, sensor, meter"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sensor", "sensor=", "sensor=root", "sensor=meter", "admin=user", "Sensor=user", "a=user,a=user"
            })
    void roles_thatAreNone_areRefused(String words) {
        assertThat(RoleList.KIND.read().apply(List.of(words)).isOk()).isFalse();
    }

    private ConfigReading read(Path folder, Map<String, String> environment) {
        return new ConfigReader(folder, environment).read(null, Map.of());
    }

    @Test
    void anonymous_beyondThisMachine_needsASecondWord_andIsAWarning(@TempDir Path folder) {
        Map<String, String> near =
                Map.of("WAGGLE_ANONYMOUS_ENABLED", "true", "WAGGLE_TOPICS_RULES", "anonymous publish open/#");
        Map<String, String> far = new HashMap<>(near);
        far.put("WAGGLE_LISTENERS_BIND", "0.0.0.0");
        far.put("WAGGLE_HTTP_BIND", "127.0.0.1");

        assertThat(read(folder, near))
                .isInstanceOfSatisfying(
                        ConfigReading.Accepted.class,
                        good -> assertThat(good.warnings()).anyMatch(warning -> warning.contains("anonymous.enabled")));
        assertThat(read(folder, far))
                .isInstanceOfSatisfying(
                        ConfigReading.Refused.class,
                        refused -> assertThat(refused.problems())
                                .extracting(Problem::key)
                                .containsExactly("anonymous.enabled"));
        far.put("WAGGLE_ANONYMOUS_BEYONDLOOPBACK", "true");
        assertThat(read(folder, far))
                .isInstanceOfSatisfying(
                        ConfigReading.Accepted.class,
                        good -> assertThat(good.warnings())
                                .anyMatch(warning -> warning.contains("beyond this machine, may do")));
    }
}
