package dev.waggle.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.auth.ConnectRequest.Version;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients without a token: only where that is switched on, and never in the place of one that has one. */
class AnonymousCheckTest {
    private final AccessRules rules = new ChatAccessRules(List.of(
            new TopicRule(
                    Set.of("anonymous"),
                    TopicGrant.parse("publish|subscribe open/#").get()),
            new TopicRule(
                    Set.of("user"),
                    TopicGrant.parse("publish|subscribe closed/#").get())));

    private final ConnectCheck check = new ConnectCheck(rules, Standings.UNREVOKED, true);

    private static ConnectRequest connect(
            String clientId, @Nullable String userName, @Nullable String will, boolean kept) {
        return new ConnectRequest(
                Version.MQTT_5,
                clientId,
                userName,
                false,
                null,
                will == null ? null : new ConnectRequest.Will(will, 0, false),
                kept);
    }

    private static ConnectRequest connect(String clientId) {
        return connect(clientId, null, null, false);
    }

    private void assertDenied(ConnectRequest request, int code, String reason) {
        assertThat(check.admitAnonymous(request, "192.0.2.7")).isInstanceOfSatisfying(Verdict.Denied.class, denied -> {
            assertThat(denied.reasonCode()).isEqualTo(code);
            assertThat(denied.reason()).contains(reason);
        });
    }

    @Test
    void beforeToken_withoutOne_goesOnOnlyWhereItIsSwitchedOn() {
        assertThat(check.beforeToken(connect("anon-1"))).isNull();
        assertThat(new ConnectCheck(rules, Standings.UNREVOKED).beforeToken(connect("anon-1")))
                .isNotNull();
        assertThat(check.beforeToken(new ConnectRequest(Version.MQTT_5, "anon-1", null, false, "JWT", null)))
                .as("an authentication method announces a token")
                .isNotNull();
        assertThat(check.beforeToken(connect(""))).isNotNull();
    }

    @Test
    void admit_ownForm_isNobodyInTheChat_andWhatTheRulesOpenElsewhere() {
        Verdict verdict = check.admitAnonymous(connect("anon-lamp", "", "open/x", false), "192.0.2.7");

        assertThat(verdict).isInstanceOfSatisfying(Verdict.Granted.class, granted -> {
            Identity nobody = granted.identity();
            assertThat(nobody.isAnonymous()).isTrue();
            assertThat(nobody.device()).isNull();
            assertThat(rules.publish(nobody, "open/x", 2, true).allowed()).isTrue();
            assertThat(rules.publish(nobody, "closed/x", 0, false).allowed()).isFalse();
            assertThat(rules.publish(nobody, "u/" + nobody.user() + "/out/d/bob", 1, false)
                            .allowed())
                    .isFalse();
            assertThat(rules.subscribe(nobody, "u/" + nobody.user() + "/#").allowed())
                    .isFalse();
            assertThat(rules.subscribe(nobody, "#").allowed()).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice.phone", "meter/17", "anon-", "anon-a.b", "Anon-1", "anon-a/b", "anon-+", "anon-é"})
    void admit_otherClientIds_refused(String clientId) {
        assertDenied(connect(clientId), 0x85, "anon-");
    }

    @Test
    void admit_withAUserName_aLastingSession_orAClosedWill_refused() {
        assertDenied(connect("anon-1", "alice", null, false), 0x85, "user name");
        assertDenied(connect("anon-1", null, null, true), 0x87, "Session Expiry 0");
        assertDenied(connect("anon-1", null, "closed/x", false), 0x87, "will");
        assertDenied(connect("anon-1", null, "u/alice/in", false), 0x90, "will");
    }

    @Test
    void role_cannotBeNamedByAToken() {
        assertThat(Roles.BUILT_IN.parse("anonymous").isOk()).isFalse();
        assertThat(Roles.with(List.of(new Role("anonymous", dev.waggle.spec.message.Actor.Role.USER)))
                        .isOk())
                .isFalse();
    }
}
