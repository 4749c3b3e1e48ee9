package dev.waggle.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.auth.Role;
import dev.waggle.auth.Roles;
import dev.waggle.broker.RunningBroker;
import dev.waggle.broker.cli.local.EndpointsFile;
import dev.waggle.broker.cli.local.Surroundings;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.broker.wiring.WaggleLauncher;
import dev.waggle.spec.message.Actor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code waggle user} at a running broker. */
class UserCommandIT {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String input, String... arguments) {
        out.reset();
        err.reset();
        Surroundings surroundings = new Surroundings(
                Clock.systemUTC(),
                0,
                Map.of(),
                folder,
                null,
                List.of(),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                termination -> {},
                config -> {
                    throw new AssertionError("not asked to start");
                });
        return Waggle.run(surroundings, arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void user_addedChangedDisabledEnabled_isListed() throws Exception {
        Roles roles = Roles.with(List.of(new Role("sensor", Actor.Role.USER))).get();
        WaggleConfig config = WaggleConfig.onFreePorts(folder.resolve("data"))
                .withRights(new WaggleConfig.Rights(roles, List.of(), WaggleConfig.Anonymous.NOBODY));
        RunningBroker broker = new WaggleLauncher().start(config);
        try {
            EndpointsFile.write(config.data(), broker.endpoints());
            assertThat(run("correct horse\nmore\n", "user", "add", "ann"))
                    .as(err())
                    .isZero();
            assertThat(out()).isEqualTo("ann added\n");
            assertThat(run("pässwort 1\n", "user", "add", "ben", "--role", "moderator"))
                    .as(err())
                    .isZero();
            assertThat(run("correct horse\n", "user", "add", "ann")).isEqualTo(1);
            assertThat(err()).contains("taken").doesNotContain("correct horse");
            assertThat(run("", "user", "add", "cleo")).isEqualTo(2);
            assertThat(run("correct horse\n", "user", "add", "meter", "--role", "sensor"))
                    .as(err())
                    .isZero();
            assertThat(run("correct horse\n", "user", "add", "other", "--role", "gateway"))
                    .isEqualTo(1);
            assertThat(err()).contains("user, service, moderator, admin, sensor");
            assertThat(run("short\n", "user", "password", "ann")).isEqualTo(1);
            assertThat(run("battery staple\n", "user", "password", "ann")).isZero();
            assertThat(run("", "user", "disable", "ben")).isZero();
            String admin = broker.endpoints().admin().toString();
            assertThat(run("", "user", "list", "--admin", admin, "--data", "data"))
                    .isZero();
            assertThat(out()).isEqualTo("ann user enabled\nben moderator disabled\nmeter sensor enabled\n");
            assertThat(run("", "user", "enable", "ben")).isZero();
            assertThat(run("", "user", "enable", "nobody")).isEqualTo(1);
            assertThat(err()).contains("there is no account nobody");
        } finally {
            broker.stop(Duration.ofSeconds(10));
        }
        assertThat(run("", "user", "list")).as("the broker is gone").isEqualTo(1);
        assertThat(err()).contains("no broker answers");
    }

    @Test
    void invite_made_isListedWithoutItsCode_andRevoked() throws Exception {
        WaggleConfig config = WaggleConfig.onFreePorts(folder.resolve("data"))
                .withAccounts(new WaggleConfig.Accounts(WaggleConfig.RegistrationBy.INVITE, null, false));
        RunningBroker broker = new WaggleLauncher().start(config);
        try {
            EndpointsFile.write(config.data(), broker.endpoints());
            assertThat(run("", "user", "invite", "--uses", "3", "--ttl", "2h"))
                    .as(err())
                    .isZero();
            String code = out().lines().findFirst().orElseThrow();
            String id = code.substring(0, code.indexOf('-'));
            assertThat(run("", "user", "invite", "--list")).isZero();
            assertThat(out()).startsWith(id + " uses 3 until 2").doesNotContain(code);
            assertThat(run("", "user", "invite", "--revoke", id)).isZero();
            assertThat(run("", "user", "invite", "--list")).isZero();
            assertThat(out()).isEmpty();
            assertThat(run("", "user", "invite", "--uses", "0")).isEqualTo(1);
            assertThat(err()).contains("from 1 to 1000");
            assertThat(run("", "user", "invite", "--list", "--uses", "1")).isEqualTo(2);
            assertThat(run("", "user", "invite", "--ttl", "soon")).isEqualTo(2);
        } finally {
            broker.stop(Duration.ofSeconds(10));
        }
    }

    @Test
    void user_withoutBrokerOrCommand_saysWhatIsMissing() {
        assertThat(run("", "user", "list")).isEqualTo(1);
        assertThat(err()).contains("no broker runs on the data directory");
        assertThat(run("", "user")).isEqualTo(2);
        assertThat(err()).contains("add", "disable");
        assertThat(run("", "user", "enable", "a/b")).isEqualTo(2);
    }
}
