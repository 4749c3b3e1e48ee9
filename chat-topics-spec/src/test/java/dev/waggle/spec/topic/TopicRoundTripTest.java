package dev.waggle.spec.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.Any;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What the formatter writes, the parsers read back, for every type of topic. */
class TopicRoundTripTest {
    @Property
    void parse_formattedClientTopic_isTheSame(@ForAll("users") UserId me, @ForAll("clientTopics") ClientTopic topic) {
        String text = TopicFormatter.format(me, topic);
        assertThat(TopicParser.parse(me, text)).isEqualTo(new TopicReading.Good(topic));
        assertThat(TopicFilters.name(text, 512).isOk()).isTrue();
    }

    @Property
    void parse_formattedServerTopic_isTheSame(@ForAll("users") UserId me, @ForAll("serverTopics") ServerTopic topic) {
        String text = TopicFormatter.format(me, topic);
        assertThat(ServerTopicParser.parse(me, text).get()).isEqualTo(topic);
        assertThat(TopicFilters.matches(TopicFormatter.prefix(me) + "#", text)).isTrue();
        assertThat(TopicFilters.name(text, 512).isOk()).isTrue();
    }

    @Property
    void parse_topicOfAnotherUser_isNeverMine(
            @ForAll("users") UserId me, @ForAll("users") UserId other, @ForAll("clientTopics") ClientTopic topic) {
        TopicReading reading = TopicParser.parse(me, TopicFormatter.format(other, topic));
        if (me.equals(other)) {
            assertThat(reading).isInstanceOf(TopicReading.Good.class);
        } else {
            assertThat(reading).isInstanceOf(TopicReading.OfAnother.class);
        }
    }

    /** Near misses: one level of a good topic replaced, added or taken away. */
    @Property(tries = 5_000)
    void parse_oneLevelChanged_isAcceptedOnlyIfTheFormatterWouldWriteIt(
            @ForAll("clientTopics") ClientTopic client,
            @ForAll("serverTopics") ServerTopic server,
            @ForAll("hostile") String piece,
            @ForAll @IntRange(max = 9) int where) {
        UserId me = new UserId("alice");
        for (String topic : changes(TopicFormatter.format(me, client), piece, where)) {
            if (TopicParser.parse(me, topic) instanceof TopicReading.Good good) {
                assertThat(TopicFormatter.format(me, good.topic())).isEqualTo(topic);
            }
        }
        for (String topic : changes(TopicFormatter.format(me, server), piece, where)) {
            ServerTopicParser.parse(me, topic)
                    .then(read -> Parsed.ok(
                            assertThat(TopicFormatter.format(me, read)).isEqualTo(topic)));
        }
    }

    private static List<String> changes(String topic, String piece, int where) {
        List<String> levels = List.of(topic.split("/"));
        int at = where % levels.size();
        List<String> replaced = new ArrayList<>(levels);
        replaced.set(at, piece);
        List<String> extended = new ArrayList<>(levels);
        extended.set(at, levels.get(at) + piece);
        List<String> added = new ArrayList<>(levels);
        added.add(at + 1, piece);
        List<String> shorter = new ArrayList<>(levels);
        shorter.remove(at);
        return List.of(
                String.join("/", replaced),
                String.join("/", extended),
                String.join("/", added),
                String.join("/", shorter),
                topic + "/",
                "/" + topic);
    }

    @Test
    void generators_allTypesOfTopics_areCovered() {
        Set<Class<?>> client = new HashSet<>();
        clientTopics().sampleStream().limit(500).forEach(topic -> client.add(topic.getClass()));
        assertThat(client)
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(ClientTopic.class.getPermittedSubclasses()));
        Set<Class<?>> server = new HashSet<>();
        serverTopics().sampleStream().limit(500).forEach(topic -> server.add(topic.getClass()));
        assertThat(server)
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(ServerTopic.class.getPermittedSubclasses()));
    }

    @Provide
    Arbitrary<String> hostile() {
        return Any.hostile();
    }

    @Provide
    Arbitrary<UserId> users() {
        return Any.user();
    }

    @Provide
    Arbitrary<ClientTopic> clientTopics() {
        Arbitrary<String> id = Any.id(64).injectNull(0.3);
        return Arbitraries.oneOf(
                Combinators.combine(Any.name(), id).as(ClientTopic.Out::new),
                Any.name().map(ClientTopic.Read::new),
                Any.name().map(ClientTopic.Now::new),
                Arbitraries.just(new ClientTopic.State()),
                Combinators.combine(Any.method(), id).as(ClientTopic.Call::new));
    }

    @Provide
    Arbitrary<ServerTopic> serverTopics() {
        Arbitrary<String> id = Any.id(64).injectNull(0.3);
        return Arbitraries.oneOf(
                Combinators.combine(Any.name(), Any.author(), Any.seq(), Any.number())
                        .as(ServerTopic.In::new),
                Combinators.combine(Any.name(), Any.id(32), Any.author(), Any.seq(), Any.number())
                        .as(ServerTopic.Ev::new),
                Any.name().map(ServerTopic.Gap::new),
                Any.name().map(ServerTopic.Mark::new),
                Any.name().map(ServerTopic.Mine::new),
                Combinators.combine(Any.name(), Any.author()).as(ServerTopic.Now::new),
                Any.user().map(ServerTopic.Presence::new),
                Combinators.combine(Any.name(), id).as(ServerTopic.Sent::new),
                Combinators.combine(Any.method(), id).as(ServerTopic.Reply::new));
    }
}
