package dev.waggle.spec.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.Any;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicFiltersTest {
    private static final String PREFIX = "u/bob/";

    @ParameterizedTest
    @CsvSource({
        "u/bob/#, u/bob/in/d/a/a/1/1, true",
        "u/bob/#, u/bob, true",
        "u/bob/#, u/bobby/in, false",
        "u/bob/+, u/bob/state, true",
        "u/bob/+, u/bob, false",
        "u/bob/+, u/bob/, true",
        "u/bob/+, u/bob/a/b, false",
        "#, u/bob, true",
        "#, $SYS/x, false",
        "+/x, $SYS/x, false",
        "$SYS/#, $SYS/x, true",
        "+, /a, false",
        "+/+, /a, true",
        "/+, /a, true",
        "a/+/c, a//c, true",
        "a/b, a/b, true",
        "a/b, a/b/, false",
        "a/b, A/b, false",
        "a/+/#, a/b, true",
        "a/+/#, a, false",
        "+/#, a, true",
    })
    void matches_asTheStandardSays(String filter, String topic, boolean expected) {
        assertThat(TopicFilters.matches(filter, topic)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "#, a/#, true",
        "a/#, a/+, true",
        "a/#, a, true",
        "a/+, a/#, false",
        "a/+, a/+, true",
        "+/b, a/b, true",
        "a/b, +/b, false",
        "+, #, false",
        "+/#, #, true",
        "#, $SYS/#, false",
        "$SYS/#, $SYS/a/+, true",
    })
    void covers_filters_asTheirTopics(String wide, String narrow, boolean expected) {
        // "+/#" and "#" match the same topics, but no rule needs that; refusing is on the safe side.
        boolean safe = expected && !(wide.equals("+/#") && narrow.equals("#"));
        assertThat(TopicFilters.covers(wide, narrow)).isEqualTo(safe);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a+", "+a", "a/b#", "#/a", "a/#/b", "##", "++", "a\0", "\ud800", "a/\udc00/#"})
    void filter_illegal_isBad(String filter) {
        assertThat(TopicFilters.filter(filter, TopicFilters.MAX_BYTES).isOk()).isFalse();
        assertThat(TopicFilters.containedIn("u/bob/" + filter, PREFIX)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"#", "+", "+/#", "/", "//", "a/+/b", "$share/g/a", "a/#", "\ud83d\ude00/#"})
    void filter_legal_isOk(String filter) {
        assertThat(TopicFilters.filter(filter, TopicFilters.MAX_BYTES).isOk()).isTrue();
    }

    @Test
    void filter_longerThanLimit_isBad() {
        assertThat(TopicFilters.filter("a".repeat(512), 512).isOk()).isTrue();
        assertThat(TopicFilters.filter("a".repeat(513), 512).isOk()).isFalse();
        assertThat(TopicFilters.filter("\u00e9".repeat(256), 512).isOk()).isTrue();
        assertThat(TopicFilters.filter("\u00e9".repeat(257), 512).isOk()).isFalse();
        assertThat(TopicFilters.name("\ud83d\ude00".repeat(128), 512).isOk()).isTrue();
        assertThat(TopicFilters.name("\ud83d\ude00".repeat(129), 512).isOk()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#",
                "+/#",
                "u/#",
                "u/+/#",
                "+/bob/#",
                "u/bob",
                "u/bob/",
                "u/bo+/#",
                "u/bobby/#",
                "$share/g/u/bob/#",
                "$SYS/#",
                "/u/bob/#",
                "U/bob/#",
                "u//bob/#",
                "$queue/u/bob/#",
                "u\uff0fbob/#",
                ""
            })
    void containedIn_wider_isFalse(String filter) {
        assertThat(TopicFilters.containedIn(filter, PREFIX)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"u/bob/#", "u/bob/+", "u/bob/in/#", "u/bob/in/d/alice/+/+/+", "u/bob/reply/x", "u/bob/+/#"})
    void containedIn_inside_isTrue(String filter) {
        assertThat(TopicFilters.containedIn(filter, PREFIX)).isTrue();
    }

    /** The access rule: nothing that an accepted filter matches lies outside the prefix. */
    @Property(tries = 20_000)
    void containedIn_acceptedFilter_matchesNothingOutside(
            @ForAll("filters") String filter, @ForAll("fillings") List<String> fillings) {
        String topic = topicMatching(filter, fillings);
        boolean legal = TopicFilters.filter(filter, 65_535).isOk()
                && TopicFilters.name(topic, 65_535).isOk();
        if (legal && !(topic.startsWith("$") && !filter.startsWith("$"))) {
            assertThat(TopicFilters.matches(filter, topic))
                    .as("%s matches %s", filter, topic)
                    .isTrue();
        }
        if (TopicFilters.containedIn(filter, PREFIX)) {
            assertThat(topic.startsWith(PREFIX) || topic.equals("u/bob"))
                    .as("%s in %s", topic, filter)
                    .isTrue();
        }
    }

    /** Completeness: a topic outside matched by any filter is proof that the filter must be refused. */
    @Property(tries = 20_000)
    void containedIn_filterMatchingTopicOfAnother_isFalse(
            @ForAll("filters") String filter, @ForAll("topics") String topic) {
        if (!topic.startsWith(PREFIX) && !topic.equals("u/bob") && TopicFilters.matches(filter, topic)) {
            assertThat(TopicFilters.containedIn(filter, PREFIX)).isFalse();
        }
    }

    @Property(tries = 20_000)
    void covers_isNoWiderThanMatches(
            @ForAll("filters") String wide,
            @ForAll("filters") String narrow,
            @ForAll("fillings") List<String> fillings) {
        String topic = topicMatching(narrow, fillings);
        if (TopicFilters.covers(wide, narrow)
                && TopicFilters.filter(wide, 65_535).isOk()
                && TopicFilters.filter(narrow, 65_535).isOk()
                && TopicFilters.name(topic, 65_535).isOk()
                && TopicFilters.matches(narrow, topic)) {
            assertThat(TopicFilters.matches(wide, topic))
                    .as("%s, %s, %s", wide, narrow, topic)
                    .isTrue();
        }
    }

    @Property
    void anyText_neverThrows(@ForAll String one, @ForAll String other) {
        TopicFilters.filter(one, 512);
        TopicFilters.name(one, 512);
        TopicFilters.containedIn(one, PREFIX);
        TopicFilters.containedIn(PREFIX + one, PREFIX);
        TopicFilters.matches(one, other);
        TopicFilters.covers(one, other);
    }

    @Provide
    Arbitrary<String> filters() {
        return levels(Arbitraries.of("u", "bob", "alice", "in", "+", "+", "#", "", "$share", "$SYS", "bo+", "d"));
    }

    @Provide
    Arbitrary<String> topics() {
        return levels(Arbitraries.of("u", "bob", "alice", "in", "", "$SYS", "d", "x"));
    }

    @Provide
    Arbitrary<List<String>> fillings() {
        return Arbitraries.oneOf(Arbitraries.of("u", "alice", "bob", "", "x"), Any.id(3))
                .list()
                .ofSize(8);
    }

    private static Arbitrary<String> levels(Arbitrary<String> level) {
        return level.list().ofMinSize(1).ofMaxSize(6).flatMap(some -> {
            String rest = String.join("/", some);
            return Arbitraries.of(rest, "u/bob/" + rest, "u/bob" + rest, "u/bobby/" + rest, "$share/g/u/bob/" + rest);
        });
    }

    /** A topic that the filter matches: each + filled with one level, a last # with none or some. */
    private static String topicMatching(String filter, List<String> fillings) {
        List<String> levels = new ArrayList<>();
        String[] parts = filter.split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            String filling = fillings.get(i % fillings.size());
            if (parts[i].equals("#") && i == parts.length - 1) {
                if (levels.isEmpty() || !filling.isEmpty()) {
                    levels.addAll(fillings.subList(0, 1 + filling.length() % 2));
                }
            } else {
                levels.add(parts[i].equals("+") ? filling : parts[i]);
            }
        }
        return String.join("/", levels);
    }
}
