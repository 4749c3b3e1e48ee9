package dev.waggle.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * T-34: whatever the rules are, an accepted filter matches no topic outside the rights. The oracle is a matcher written
 * from the standard's text, which knows nothing of containment.
 */
class FilterContainmentTest {
    private static final int TRIES = 1_500;
    private static final int FILTERS = 20;
    private static final int TOPICS = 10;

    /** Words that make trouble where one rule's edge is another's inside. */
    private static final List<String> WORDS = List.of(
            "u", "alice", "bob", "a", "b", "", "$SYS", "$share", "alice2", "A", "é", "${user}", "${role}", "user",
            "phone");

    private static final AtomicLong ACCEPTED_BY_RULE = new AtomicLong();
    private static final AtomicLong ACCEPTED_AT_HOME = new AtomicLong();
    private static final AtomicLong PAIRS = new AtomicLong();

    @Property(tries = TRIES)
    void subscribe_acceptedFilter_matchesNoTopicOutsideTheRights(@ForAll long seed) {
        Random random = new Random(seed);
        Identity identity = People.user(random.nextBoolean() ? "alice" : "u", "phone");
        List<TopicRule> rules = rules(random);
        AccessRules access = new ChatAccessRules(rules);
        for (int f = 0; f < FILTERS; f++) {
            String filter = filter(random, identity, rules);
            boolean accepted = access.subscribe(identity, filter).allowed();
            for (int t = 0; t < TOPICS; t++) {
                String topic = topic(random, filter);
                PAIRS.incrementAndGet();
                if (accepted && matches(filter, topic)) {
                    (topic.startsWith("u/") ? ACCEPTED_AT_HOME : ACCEPTED_BY_RULE).incrementAndGet();
                    assertThat(hasRight(identity, rules, topic))
                            .as("filter %s accepted, matches %s; rules %s", filter, topic, rules)
                            .isTrue();
                }
            }
        }
    }

    /** A test of accepted filters that never saw one would prove nothing. */
    @AfterContainer
    static void coverage() {
        assertThat(PAIRS).hasValueGreaterThanOrEqualTo(100_000);
        assertThat(ACCEPTED_AT_HOME).hasValueGreaterThan(5_000);
        assertThat(ACCEPTED_BY_RULE).hasValueGreaterThan(5_000);
    }

    @Property(tries = 5_000)
    void subscribeAndPublish_anyText_neverThrowAndStayInsideTheRights(@ForAll String text) {
        AccessRules access = new ChatAccessRules(List.of());
        Identity alice = People.user("alice", "phone");

        assertThat(access.subscribe(alice, text).allowed()).isFalse();
        assertThat(access.publish(alice, text, 0, false).allowed()).isFalse();
        if (access.publish(alice, "u/alice/" + text, 0, false).allowed()) {
            assertThat(text).doesNotContain("+", "#", "\0");
        }
        access.subscribe(alice, "u/alice/" + text);
    }

    private static List<TopicRule> rules(Random random) {
        List<TopicRule> rules = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            String filter = String.join("/", levels(random, 1 + random.nextInt(4), true));
            Set<TopicGrant.Action> actions = random.nextInt(4) == 0
                    ? EnumSet.of(TopicGrant.Action.PUBLISH)
                    : EnumSet.allOf(TopicGrant.Action.class);
            if (TopicGrant.parse("publish " + filter).isOk()) {
                rules.add(new TopicRule(Set.of("user"), TopicGrant.of(actions, filter)));
            }
        }
        return rules;
    }

    private static List<String> levels(Random random, int count, boolean wildcards) {
        List<String> levels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int kind = random.nextInt(10);
            if (wildcards && kind < 2) {
                levels.add("+");
            } else if (wildcards && kind == 2 && i == count - 1) {
                levels.add("#");
            } else {
                levels.add(WORDS.get(random.nextInt(WORDS.size())));
            }
        }
        return levels;
    }

    /** Any filter, one near home, or one near a rule: what is wrong is wrong at an edge. */
    private static String filter(Random random, Identity identity, List<TopicRule> rules) {
        int kind = random.nextInt(3);
        if (kind == 0 || (kind == 1 && rules.isEmpty())) {
            return String.join("/", levels(random, 1 + random.nextInt(6), true));
        }
        String base = kind == 1
                ? filled(identity, rules.get(random.nextInt(rules.size())))
                : "u/" + identity.user() + "/" + String.join("/", levels(random, 1 + random.nextInt(3), true));
        List<String> levels = new ArrayList<>(List.of(base.split("/", -1)));
        if (random.nextInt(3) == 0) {
            levels.set(random.nextInt(levels.size()), levels(random, 1, true).get(0));
        }
        if (random.nextInt(4) == 0) {
            levels.addAll(levels(random, 1 + random.nextInt(2), true));
        }
        if (random.nextInt(6) == 0) {
            levels.remove(levels.size() - 1);
        }
        return String.join("/", levels);
    }

    /** A topic that the filter probably matches: wildcards filled in, sometimes one level changed. */
    private static String topic(Random random, String filter) {
        List<String> levels = new ArrayList<>();
        for (String level : filter.split("/", -1)) {
            if (level.equals("#")) {
                levels.addAll(levels(random, random.nextInt(3), false));
            } else {
                levels.add(level.equals("+") ? WORDS.get(random.nextInt(WORDS.size())) : level);
            }
        }
        if (!levels.isEmpty() && random.nextInt(5) == 0) {
            levels.set(random.nextInt(levels.size()), WORDS.get(random.nextInt(WORDS.size())));
        }
        return String.join("/", levels);
    }

    private static boolean hasRight(Identity identity, List<TopicRule> rules, String topic) {
        if (topic.startsWith("u/" + identity.user() + "/") || topic.equals("u/" + identity.user())) {
            return true;
        }
        if (topic.equals("u") || topic.startsWith("u/") || topic.startsWith("$")) {
            return false;
        }
        return rules.stream()
                .anyMatch(rule -> rule.grant().actions().contains(TopicGrant.Action.SUBSCRIBE)
                        && matches(filled(identity, rule), topic));
    }

    private static String filled(Identity identity, TopicRule rule) {
        return rule.grant()
                .filter()
                .replace("${user}", identity.user().value())
                .replace("${role}", "user")
                .replace("${device}", "phone");
    }

    /** MQTT 5 §4.7, by recursion over levels. */
    private static boolean matches(String filter, String topic) {
        if (topic.startsWith("$") && (filter.startsWith("+") || filter.startsWith("#"))) {
            return false;
        }
        return matches(List.of(filter.split("/", -1)), List.of(topic.split("/", -1)));
    }

    private static boolean matches(List<String> filter, List<String> topic) {
        if (filter.isEmpty()) {
            return topic.isEmpty();
        }
        if (filter.get(0).equals("#")) {
            return filter.size() == 1;
        }
        if (topic.isEmpty()) {
            return false;
        }
        boolean one = filter.get(0).equals("+") || filter.get(0).equals(topic.get(0));
        List<String> rest = filter.subList(1, filter.size());
        return one && matches(rest, topic.subList(1, topic.size()));
    }
}
