package dev.waggle.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.message.Actor;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RolesTest {
    private static final Role SENSOR = new Role("sensor", Actor.Role.USER);

    @Test
    void parse_builtInAndConfigured_areKnown_othersAreNot() {
        Roles roles = Roles.with(List.of(SENSOR)).get();

        assertThat(roles.parse("sensor").get()).isEqualTo(SENSOR);
        assertThat(roles.parse("admin").get()).isEqualTo(Role.of(Actor.Role.ADMIN));
        assertThat(Roles.BUILT_IN.parse("sensor").isOk()).isFalse();
        for (String other : List.of("Sensor", "sensor ", "", "root", "SERVICE", "sensor,admin")) {
            assertThat(roles.parse(other).isOk()).as(other).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Sensor", "1st", "a|b", "a b", "a=b", "admin", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "é"})
    void with_noName_orOneThatIsTaken_refused(String name) {
        assertThat(Roles.with(List.of(new Role(name, Actor.Role.USER))).isOk()).isFalse();
    }

    @Test
    void with_twiceOrTooMany_refused() {
        assertThat(Roles.with(Collections.nCopies(2, SENSOR)).isOk()).isFalse();
        assertThat(Roles.with(IntStream.rangeClosed(0, Roles.MOST)
                                .mapToObj(i -> new Role("r" + i, Actor.Role.USER))
                                .toList())
                        .isOk())
                .isFalse();
    }
}
