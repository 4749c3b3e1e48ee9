package dev.waggle.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.waggle.auth.ConnectRequest.Version;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectCheckTest {
    private static final Identity ALICE = People.user("alice", null);
    private static final Identity ALICE_PHONE = People.user("alice", "phone");
    private static final Identity METER = People.thing("alice", "meter/17");

    private Standing standing = Standing.GOOD;
    private final Standings standings =
            identity -> new DeviceId("lost").equals(identity.device()) ? standing : Standing.GOOD;
    private final ConnectCheck check = new ConnectCheck(
            new ChatAccessRules(List.of(new TopicRule(
                    Set.of("user"),
                    TopicGrant.parse("publish lwt/${user}/${device} qos<=1").get()))),
            standings);

    private static ConnectRequest connect(String clientId) {
        return connect(clientId, null, null);
    }

    private static ConnectRequest connect(String clientId, @Nullable String userName, @Nullable String will) {
        return new ConnectRequest(
                Version.MQTT_5,
                clientId,
                userName,
                true,
                null,
                will == null ? null : new ConnectRequest.Will(will, 1, false));
    }

    @Test
    void admit_clientIdOfTheUser_namesTheDevice() {
        assertThat(check.admit(ALICE, connect("alice.tab-1")))
                .isEqualTo(new Verdict.Granted(ALICE.on(new DeviceId("tab-1"))));
    }

    @Test
    void admit_clientIdOfTheBoundDevice_granted() {
        assertThat(check.admit(ALICE_PHONE, connect("alice.phone"))).isEqualTo(new Verdict.Granted(ALICE_PHONE));
    }

    @Test
    void admit_clientIdThatTheTokenNames_grantedWithoutDevice() {
        assertThat(check.admit(METER, connect("meter/17"))).isEqualTo(new Verdict.Granted(METER));
    }

    static Stream<Arguments> foreignClientIds() {
        String any = "alice.{device}";
        return Stream.of(
                arguments("T-20 bob's client id", ALICE, "bob.phone", any),
                arguments("T-20 bob's client id, token bound", ALICE_PHONE, "bob.phone", "alice.phone"),
                arguments("another device of mine, token bound", ALICE_PHONE, "alice.tablet", "alice.phone"),
                arguments("only the user", ALICE, "alice", any),
                arguments("no device", ALICE, "alice.", any),
                arguments("user that begins like mine", ALICE, "alice2.phone", any),
                arguments("user in other case", ALICE, "Alice.phone", any),
                arguments("two dots", ALICE, "alice.phone.x", any),
                arguments("blank after", ALICE, "alice.phone ", any),
                arguments("T-24 slash", ALICE, "alice.a/b", any),
                arguments("T-24 plus", ALICE, "alice.+", any),
                arguments("T-24 hash", ALICE, "alice.#", any),
                arguments("T-24 NUL", ALICE, "alice.a\0", any),
                arguments("T-24 byte order mark", ALICE, "\uFEFFalice.phone", any),
                arguments("T-24 placeholder", ALICE, "alice.${user}", any),
                arguments("T-24 full-width dot", ALICE, "alice\uFF0Ephone", any),
                arguments("65 kB", ALICE, "alice." + "d".repeat(65_000), any),
                arguments("33 characters", ALICE, "alice." + "d".repeat(33), any),
                arguments("an id the host would make", ALICE, "hmq_AAAAA_1_0123456789abcdef", any),
                arguments("thing with another id", METER, "meter/18", "meter/17"),
                arguments("thing with a device's id", METER, "alice.phone", "meter/17"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("foreignClientIds")
    void admit_foreignClientId_refusedSayingWhatWasExpected(
            String row, Identity identity, String clientId, String expected) {
        Verdict verdict = check.admit(identity, connect(clientId));

        assertThat(verdict).isInstanceOf(Verdict.Denied.class);
        Verdict.Denied denied = (Verdict.Denied) verdict;
        assertThat(denied.reasonCode()).isEqualTo(0x85);
        assertThat(denied.reason()).contains(expected).hasSizeLessThan(150);
    }

    @Test
    void admit_userName_onlyTheUserIdEmptyOrAbsent() {
        assertThat(check.admit(ALICE, connect("alice.d", "alice", null))).isInstanceOf(Verdict.Granted.class);
        assertThat(check.admit(ALICE, connect("alice.d", "", null))).isInstanceOf(Verdict.Granted.class);
        for (String other : List.of("bob", "Alice", "alice ", "jwt", "alice.d")) {
            assertThat(check.admit(ALICE, connect("alice.d", other, null)))
                    .as(other)
                    .isEqualTo(new Verdict.Denied(0x85, "the user name must be alice, empty or absent"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MQTT_3_1_1", "MQTT_5"})
    void beforeToken_supportedVersion_nothingWrong(Version version) {
        assertThat(check.beforeToken(new ConnectRequest(version, "alice.d", null, true, null, null)))
                .isNull();
    }

    @Test
    void beforeToken_refusals_withTheirCodes() {
        assertDenied(new ConnectRequest(Version.MQTT_3_1, "alice.d", null, true, null, null), 0x84, "3.1.1 or 5");
        assertDenied(new ConnectRequest(Version.MQTT_5, "", null, true, null, null), 0x85, "must not be empty");
        assertDenied(new ConnectRequest(Version.MQTT_5, "alice.d", null, false, null, null), 0x87, "no token");
        assertDenied(
                new ConnectRequest(Version.MQTT_5, "alice.d", null, false, "SCRAM-SHA-1", null),
                0x8C,
                "OAUTH2-JWT or JWT");
    }

    private void assertDenied(ConnectRequest request, int code, String reason) {
        Verdict.Denied denied = check.beforeToken(request);
        assertThat(denied).isNotNull();
        assertThat(denied.reasonCode()).isEqualTo(code);
        assertThat(denied.reason()).contains(reason);
    }

    static Stream<Arguments> wills() {
        return Stream.of(
                arguments("u/alice/out/d/bob", 0x90, "under u/"),
                arguments("u/alice/state", 0x90, "under u/"),
                arguments("u/bob/in/d/alice/alice/1/1", 0x90, "under u/"),
                arguments("u", 0x90, "under u/"),
                arguments("u/", 0x90, "under u/"),
                arguments("$SYS/x", 0x87, "no rule"),
                arguments("$CONTROL/x", 0x87, "no rule"),
                arguments("lwt/bob/d", 0x87, "no rule"),
                arguments("lwt/alice/other", 0x87, "no rule"),
                arguments("lwt/#", 0x90, "no topic name"),
                arguments("lwt/+", 0x90, "no topic name"),
                arguments("", 0x90, "no topic name"));
    }

    @ParameterizedTest
    @MethodSource("wills")
    void admit_willWithoutRight_refused(String topic, int code, String reason) {
        Verdict verdict = check.admit(ALICE, connect("alice.d", null, topic));

        assertThat(verdict).isInstanceOf(Verdict.Denied.class);
        assertThat(((Verdict.Denied) verdict).reasonCode()).isEqualTo(code);
        assertThat(((Verdict.Denied) verdict).reason()).contains(reason);
    }

    @Test
    void admit_willThatARuleOpensToThisDevice_granted() {
        assertThat(check.admit(ALICE, connect("alice.d", null, "lwt/alice/d"))).isInstanceOf(Verdict.Granted.class);
    }

    @Test
    void renew_tokenOfTheSameUserAndDevice_granted() {
        assertThat(check.renew(ALICE.on(new DeviceId("phone")), ALICE, "alice.phone"))
                .isEqualTo(new Verdict.Granted(ALICE_PHONE));
    }

    @Test
    void renew_tokenOfAnother_refused() {
        for (Identity other : List.of(People.user("bob", null), People.user("alice", "tablet"), METER)) {
            assertThat(check.renew(ALICE_PHONE, other, "alice.phone"))
                    .isInstanceOfSatisfying(
                            Verdict.Denied.class,
                            denied -> assertThat(denied.reasonCode()).isEqualTo(ConnectCheck.NOT_AUTHORIZED));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Standing.class,
            names = {"REVOKED", "DISABLED"})
    void admitAndRenew_deviceThatOnlyTheClientIdNames_asksForItsStanding(Standing lost) {
        standing = lost;
        Verdict refused = Verdict.Denied.late(ConnectCheck.NOT_AUTHORIZED, lost.reason());

        assertThat(check.admit(ALICE, connect("alice.lost"))).isEqualTo(refused);
        assertThat(check.renew(People.user("alice", "lost"), ALICE, "alice.lost"))
                .isEqualTo(refused);
        assertThat(check.admit(ALICE, connect("alice.phone"))).isInstanceOf(Verdict.Granted.class);
    }

    @Test
    void renew_tokenOfAnAgent_refused() {
        Identity agent = new Identity(
                ALICE.user(),
                null,
                null,
                new UserId("bot"),
                Actor.Role.USER,
                ALICE.issuer(),
                ALICE.issuedAt(),
                ALICE.expiresAt(),
                ALICE.tokenId());

        assertThat(check.renew(ALICE_PHONE, agent, "alice.phone")).isInstanceOf(Verdict.Denied.class);
    }
}
