package dev.waggle.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatAccessRulesTest {
    private static final Identity ALICE = People.user("alice", "phone");
    private static final Set<TopicGrant.Action> BOTH = EnumSet.allOf(TopicGrant.Action.class);
    private static final Set<String> USERS = Set.of("user");

    private final AccessRules closed = new ChatAccessRules(List.of());

    private static AccessRules rules(String... filters) {
        return new ChatAccessRules(Arrays.stream(filters)
                .map(filter -> new TopicRule(USERS, TopicGrant.of(BOTH, filter)))
                .toList());
    }

    private static int code(Access access) {
        return access instanceof Access.Refused refused ? refused.reasonCode() : 0;
    }

    @ParameterizedTest
    @ValueSource(strings = {"u/alice/out/d/bob", "u/alice/", "u/alice/x", "u/alice//", "u/alice/call/inbox/1"})
    void publish_insideOwnPrefix_leftToTheGrammar(String topic) {
        assertThat(closed.publish(ALICE, topic, 1, false).allowed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "u",
                "u/",
                "u/alice",
                "u/bob/out/d/alice",
                "u/Alice/out/d/bob",
                "u/alice2/x",
                "u//alice/x",
                "U/alice/x",
                "/u/alice/x",
                "u/alice\u200B/x",
                "a",
                "sensors/1",
                "$SYS/broker",
                "$share/g/u/alice/x",
                "$CONTROL/x"
            })
    void publish_anywhereElse_refused(String topic) {
        assertThat(code(closed.publish(ALICE, topic, 1, false))).isEqualTo(0x87);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "u/alice/#", "u/alice/+", "u/alice/a\0b", "u/alice/a\ud800"})
    void publish_noTopicName_refused(String topic) {
        assertThat(code(closed.publish(ALICE, topic, 1, false))).isEqualTo(0x90);
    }

    @Test
    void publish_topicTooLong_refused() {
        assertThat(code(closed.publish(ALICE, "u/alice/" + "x".repeat(65_535), 1, false)))
                .isEqualTo(0x90);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "u/alice/#",
                "u/alice/+",
                "u/alice/in/#",
                "u/alice/in/+/+/+/+/+",
                "u/alice/+/d/bob/#",
                "u/alice/in/d/bob/bob/1/2"
            })
    void subscribe_insideOwnPrefix_allowed(String filter) {
        assertThat(closed.subscribe(ALICE, filter).allowed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#",
                "+",
                "/#",
                "+/#",
                "+/alice/#",
                "+/+/#",
                "u",
                "u/#",
                "u/+",
                "u/+/#",
                "u/+/in/#",
                "u/alice",
                "u/alice/",
                "u/bob/#",
                "u/Alice/#",
                "u/alice2/#",
                "u/alic+/#",
                "U/alice/#",
                "/u/alice/#",
                "u//alice/#",
                "$share/g/u/alice/#",
                "$share/u/alice/#",
                "$share//u/alice/#",
                "$share/g",
                "$SHARE/g/u/alice/#",
                "$SYS/#",
                "$SYS",
                "$/#",
                "$queue/u/alice/#",
                "sensors/#",
                "",
                "u/alice/#/x",
                "u/alice/in#",
                "u/alice/in+/x",
                "u/alice/##",
                "u/alice/\0",
                "u/alice/\ud800",
                "${user}/#",
                "u/${user}/#",
                "u\\alice/#",
                "u/alice\u0000/#"
            })
    void subscribe_anywhereElse_refused(String filter) {
        assertThat(code(closed.subscribe(ALICE, filter))).isEqualTo(0x87);
    }

    @Test
    void subscribe_tenThousandLevels_decidedAtOnce() {
        AccessRules rules = rules("a/" + "+/".repeat(20_000) + "#");

        assertThat(rules.subscribe(ALICE, "a/" + "+/".repeat(20_001) + "b").allowed())
                .isTrue();
        assertThat(rules.subscribe(ALICE, "a/" + "+/".repeat(10_000) + "b").allowed())
                .isFalse();
    }

    @Test
    void rule_forUserAndDevice_opensOnlyTheirs() {
        AccessRules rules = rules("home/${user}/${device}/#");

        assertThat(rules.publish(ALICE, "home/alice/phone/t", 1, false).allowed())
                .isTrue();
        assertThat(rules.subscribe(ALICE, "home/alice/phone/+").allowed()).isTrue();
        assertThat(rules.subscribe(ALICE, "home/alice/phone").allowed()).isTrue();
        for (String foreign : List.of(
                "home/alice/+/t",
                "home/+/phone/t",
                "home/#",
                "home/alice/#",
                "home/bob/phone/t",
                "home/alice/tablet/t",
                "home/${user}/${device}/t")) {
            assertThat(code(rules.subscribe(ALICE, foreign))).as(foreign).isEqualTo(0x87);
        }
    }

    @Test
    void rule_forADevice_doesNotApplyToAThingWithoutOne() {
        AccessRules rules = rules("home/${device}", "all/${user}");
        Identity thing = People.thing("alice", "meter");

        assertThat(rules.publish(thing, "home/${device}", 1, false).allowed()).isFalse();
        assertThat(rules.publish(thing, "all/alice", 1, false).allowed()).isTrue();
    }

    @Test
    void rule_perActionAndRole_allowsNothingElse() {
        AccessRules rules = new ChatAccessRules(List.of(
                new TopicRule(USERS, TopicGrant.of(Set.of(TopicGrant.Action.PUBLISH), "in/#")),
                new TopicRule(Set.of("admin"), TopicGrant.of(BOTH, "ops/#")),
                new TopicRule(USERS, TopicGrant.of(Set.of(), "nothing/#")),
                new TopicRule(Set.of(), TopicGrant.of(BOTH, "nobody/#"))));

        assertThat(rules.publish(ALICE, "in/x", 1, false).allowed()).isTrue();
        assertThat(rules.subscribe(ALICE, "in/x").allowed()).isFalse();
        assertThat(rules.publish(ALICE, "ops/x", 1, false).allowed()).isFalse();
        assertThat(rules.subscribe(People.admin("root"), "ops/#").allowed()).isTrue();
        assertThat(rules.publish(ALICE, "nothing/x", 1, false).allowed()).isFalse();
        assertThat(rules.publish(ALICE, "nobody/x", 1, false).allowed()).isFalse();
    }

    @Test
    void rule_forAUserCalledU_doesNotOpenTheChat() {
        AccessRules rules = rules("${user}/#");
        Identity u = People.user("u", "d");

        assertThat(code(rules.publish(u, "u/bob/x", 1, false))).isEqualTo(0x87);
        assertThat(code(rules.subscribe(u, "u/bob/#"))).isEqualTo(0x87);
        assertThat(code(rules.subscribe(u, "u/#"))).isEqualTo(0x87);
        assertThat(rules.subscribe(u, "u/u/#").allowed()).isTrue();
    }

    @Test
    void rule_withARole_opensTheTopicsOfItsName_notOfItsBase() {
        AccessRules rules = new ChatAccessRules(
                List.of(new TopicRule(Set.of("user", "sensor", "u"), TopicGrant.of(BOTH, "by/${role}/#"))));
        Identity sensor = alice("sensor", null);

        assertThat(rules.publish(sensor, "by/sensor/1", 1, false).allowed()).isTrue();
        assertThat(rules.subscribe(sensor, "by/sensor/#").allowed()).isTrue();
        assertThat(rules.publish(ALICE, "by/user/1", 1, false).allowed()).isTrue();
        for (String foreign : List.of("by/user/1", "by/${role}/1", "by/+/1", "by/#")) {
            assertThat(code(rules.subscribe(sensor, foreign))).as(foreign).isEqualTo(0x87);
        }
    }

    @Test
    void rule_forARoleCalledU_doesNotOpenTheChat() {
        AccessRules rules = new ChatAccessRules(List.of(new TopicRule(Set.of("u"), TopicGrant.of(BOTH, "${role}/#"))));
        Identity u = alice("u", null);

        assertThat(code(rules.publish(u, "u/bob/x", 1, false))).isEqualTo(0x87);
        assertThat(code(rules.subscribe(u, "u/bob/#"))).isEqualTo(0x87);
        assertThat(code(rules.subscribe(u, "u/#"))).isEqualTo(0x87);
    }

    @Test
    void tokenWithARoleInItsTopics_isNarrowedToTheTopicsOfItsRole() {
        AccessRules rules =
                new ChatAccessRules(List.of(new TopicRule(Set.of("user", "sensor"), TopicGrant.of(BOTH, "by/#"))));
        Identity sensor = alice("sensor", List.of(TopicGrant.of(BOTH, "by/${role}")));

        assertThat(rules.publish(sensor, "by/sensor", 1, false).allowed()).isTrue();
        assertThat(rules.publish(sensor, "by/user", 1, false).allowed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#",
                "+",
                "+/x",
                "u",
                "u/#",
                "u/${user}/#",
                "$SYS/#",
                "$share/g/x",
                "x/$y",
                "x/a${user}",
                "x/a${role}",
                "x/${roles}",
                "x/${user",
                "",
                "x/#/y",
                "x#",
                "\0"
            })
    void rule_thatCouldOpenTooMuch_refused(String filter) {
        assertThat(TopicGrant.parse("publish|subscribe " + filter).isOk()).isFalse();
        assertThatThrownBy(() -> TopicGrant.of(BOTH, filter)).isInstanceOf(IllegalArgumentException.class);
    }

    private static AccessRules granted(String... grants) {
        return new ChatAccessRules(Arrays.stream(grants)
                .map(grant -> new TopicRule(USERS, TopicGrant.parse(grant).get()))
                .toList());
    }

    @Test
    void rule_withLimits_holdsForQosAndRetain_ofPublishes() {
        AccessRules rules = granted("publish t/# qos<=1 noretain", "publish t/state");

        assertThat(rules.publish(ALICE, "t/x", 1, false).allowed()).isTrue();
        assertThat(rules.publish(ALICE, "t/x", 2, false))
                .isEqualTo(new Access.Refused(0x87, "no rule opens this topic to you for publishing with QoS 2"));
        assertThat(rules.publish(ALICE, "t/x", 0, true))
                .isEqualTo(new Access.Refused(
                        0x87, "no rule opens this topic to you for publishing with QoS 0 and retained"));
        assertThat(rules.publish(ALICE, "t/state", 2, true).allowed()).isTrue();
    }

    /** One rule has to allow all of a publish: rights of two are not put together. */
    @Test
    void rules_thatEachAllowAHalf_doNotAllowTheWhole() {
        AccessRules rules = granted("publish t qos<=0", "publish t noretain");

        assertThat(rules.publish(ALICE, "t", 0, true).allowed()).isTrue();
        assertThat(rules.publish(ALICE, "t", 2, false).allowed()).isTrue();
        assertThat(rules.publish(ALICE, "t", 2, true).allowed()).isFalse();
    }

    @Test
    void subscribe_isGrantedTheHighestQosOfTheRulesThatCoverAllOfIt() {
        AccessRules rules = granted("subscribe t/# qos<=0", "subscribe t/a qos<=1", "publish t/a");

        assertThat(rules.subscribe(ALICE, "t/a")).isEqualTo(new Access.Allowed(1));
        assertThat(rules.subscribe(ALICE, "t/+")).isEqualTo(new Access.Allowed(0));
        assertThat(rules.subscribe(ALICE, "u/alice/#")).isEqualTo(new Access.Allowed(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "publish a/${user}/#",
                "subscribe ${role}/b",
                "publish|subscribe a qos<=0",
                "publish a qos<=1 noretain"
            })
    void grant_asText_isReadAsTheSame(String text) {
        assertThat(TopicGrant.parse(text).get().text()).isEqualTo(text);
    }

    private static Identity narrowed(String... grants) {
        return alice(
                "user",
                Arrays.stream(grants)
                        .map(grant -> TopicGrant.parse(grant).get())
                        .toList());
    }

    private static Identity alice(String role, @Nullable List<TopicGrant> topics) {
        return new Identity(
                ALICE.user(), ALICE.device(), null, null, ALICE.role(), role, topics, ALICE.issuer(), 0, 0, "t");
    }

    @Test
    void tokenWithTopics_narrowsTheRules_andNeverWidensThem() {
        AccessRules rules = granted("publish|subscribe a/# qos<=1", "publish b noretain");
        Identity alice = narrowed("publish a/1", "subscribe a/1 qos<=0", "publish|subscribe c/#", "publish b");

        assertThat(rules.publish(alice, "a/1", 1, true).allowed()).isTrue();
        assertThat(rules.publish(alice, "a/1", 2, false).allowed()).isFalse();
        assertThat(rules.publish(alice, "a/2", 1, false))
                .isEqualTo(new Access.Refused(0x87, "your token does not open this topic to you for publishing"));
        assertThat(rules.publish(alice, "b", 1, true).allowed()).isFalse();
        assertThat(rules.publish(alice, "c/x", 0, false).allowed()).isFalse();
        assertThat(rules.subscribe(alice, "a/1")).isEqualTo(new Access.Allowed(0));
        assertThat(rules.subscribe(alice, "a/#").allowed()).isFalse();
        assertThat(rules.subscribe(alice, "c/x").allowed()).isFalse();
        assertThat(rules.subscribe(alice, "u/alice/#")).isEqualTo(Access.ALLOWED);
    }

    /** T-16: an empty list is no list that is missing. */
    @Test
    void tokenWithAnEmptyListOfTopics_hasNoneAtAll() {
        AccessRules rules = granted("publish|subscribe a/#");

        assertThat(rules.publish(narrowed(), "a/1", 0, false).allowed()).isFalse();
        assertThat(rules.subscribe(narrowed(), "a/1").allowed()).isFalse();
        assertThat(rules.publish(ALICE, "a/1", 0, false).allowed()).isTrue();
    }
}
