package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.auth.Role;
import dev.waggle.auth.Roles;
import dev.waggle.auth.TopicGrant;
import dev.waggle.auth.TopicRule;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.broker.it.AccountCaller.Answer;
import dev.waggle.spec.message.Actor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An account with a role of the configuration: what its tokens open, and what is left when the role goes. */
class AccountRoleIT {
    private static final String PASSWORD = "correct horse";

    @TempDir
    Path data;

    private WaggleConfig config(List<Role> roles) {
        TopicRule rule = new TopicRule(
                Set.of("sensor"), TopicGrant.parse("publish by/${role}/${user}").get());
        return WaggleConfig.onFreePorts(data)
                .withRights(new WaggleConfig.Rights(
                        Roles.with(roles).get(),
                        roles.isEmpty() ? List.of() : List.of(rule),
                        WaggleConfig.Anonymous.NOBODY));
    }

    private static String admin(TestBroker broker) {
        return broker.token("root", "cli", Actor.Role.ADMIN, Duration.ofMinutes(10));
    }

    private static void assertWithoutRole(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.error()).isEqualTo("not-allowed");
        assertThat(answer.json().path("error").path("message").asText()).contains("role 'sensor'");
    }

    @Test
    void account_withARoleOfTheConfiguration_getsItsTokens_andNoneWhileTheRoleIsGone() throws Exception {
        List<Role> sensor = List.of(new Role("sensor", Actor.Role.USER));
        String refreshToken;
        try (TestBroker broker = new TestBroker(config(sensor))) {
            AccountCaller app = new AccountCaller(broker);
            String body = "{'user':'%s','password':'%s','role':'%s'}";
            assertThat(app.admin(admin(broker), "", body.formatted("meter", PASSWORD, "sensor"))
                            .status())
                    .isEqualTo(201);
            assertThat(app.admin(admin(broker), "", body.formatted("other", PASSWORD, "gateway"))
                            .status())
                    .isEqualTo(400);
            Answer in = app.logIn("meter", PASSWORD, "d");
            assertThat(new HttpCaller(broker, in.access())
                            .call("me", "{}")
                            .json()
                            .path("roles"))
                    .hasToString("[\"sensor\"]");
            try (Device5 meter =
                    new Device5(broker, "meter", "d").with(in::access).connect()) {
                assertThat(meter.publish("by/sensor/meter", "21", null).reasonCode())
                        .isLessThan(0x80);
            }
            refreshToken = in.refresh();
        }
        try (TestBroker broker = new TestBroker(config(List.of()))) {
            AccountCaller app = new AccountCaller(broker);
            assertWithoutRole(app.logIn("meter", PASSWORD, "d"));
            assertWithoutRole(app.refresh(refreshToken));
            assertThat(app.logIn("meter", "wrong horse", "d").status()).isEqualTo(401);
            Answer list = app.get(broker.admin() + "/admin/v1/users", admin(broker));
            assertThat(list.json().path("users").get(0).path("role").asText()).isEqualTo("sensor");
        }
        try (TestBroker broker = new TestBroker(config(sensor))) {
            assertThat(new AccountCaller(broker).refresh(refreshToken).status()).isEqualTo(200);
        }
    }
}
