package dev.waggle.spec.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.Any;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.UserId;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicParserTest {
    private static final UserId ME = new UserId("alice");

    @Test
    void parse_contractTopics_giveTheirMeaning() {
        ConversationName bob = new ConversationName.Peer(new UserId("bob"));
        ConversationName team = new ConversationName.InGroup(new GroupId("team"));
        assertThat(good("u/alice/out/d/bob")).isEqualTo(new ClientTopic.Out(bob, null));
        assertThat(good("u/alice/out/g/team/k-1")).isEqualTo(new ClientTopic.Out(team, "k-1"));
        assertThat(good("u/alice/read/d/bob")).isEqualTo(new ClientTopic.Read(bob));
        assertThat(good("u/alice/now/g/team")).isEqualTo(new ClientTopic.Now(team));
        assertThat(good("u/alice/state")).isEqualTo(new ClientTopic.State());
        assertThat(good("u/alice/call/group.create")).isEqualTo(new ClientTopic.Call("group.create", null));
        assertThat(good("u/alice/call/me/7")).isEqualTo(new ClientTopic.Call("me", "7"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "u/alice",
                "u/alice/",
                "u/alice//",
                "u/alice/out",
                "u/alice/out/",
                "u/alice/out/d",
                "u/alice/out/d/",
                "u/alice/out/d/bob/",
                "u/alice/out/d/bob/k/",
                "u/alice/out/d/bob/k/more",
                "u/alice/out/d/bob/k.1",
                "u/alice/out/d//k",
                "u/alice/out/x/bob",
                "u/alice/out/D/bob",
                "u/alice/Out/d/bob",
                "u/alice/out/d/bob~carol",
                "u/alice/out/d/+",
                "u/alice/out/d/#",
                "u/alice/out/d/b\0b",
                "u/alice/out/d/b\u043eb",
                "u/alice/out\uff0fd/bob",
                "u/alice/read/d/bob/1",
                "u/alice/now/d/bob/alice",
                "u/alice/state/",
                "u/alice/state/x",
                "u/alice/call",
                "u/alice/call/",
                "u/alice/call/a b",
                "u/alice/call/me/",
                "u/alice/call/me/1/2",
                "u/alice/in/d/bob/bob/1/1",
                "u/alice/$share",
            })
    void parse_insideButNotInContract_saysSo(String topic) {
        assertThat(TopicParser.parse(ME, topic)).isInstanceOf(TopicReading.NotInContract.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"u", "u/", "u/bob/out/d/alice", "u/alic/state", "u/alice2/state", "u/ALICE/state", "u//alice"})
    void parse_belowAnotherPrefix_isOfAnother(String topic) {
        assertThat(TopicParser.parse(ME, topic)).isInstanceOf(TopicReading.OfAnother.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"U/alice/state", "/u/alice/state", "users", "a/b", "\uff55/alice/state", "$SYS/x", "/"})
    void parse_notBelowU_isOrdinary(String topic) {
        assertThat(TopicParser.parse(ME, topic)).isInstanceOf(TopicReading.Ordinary.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/+", "#", "a\0b", "a\ud800", "\udc00a", "a/b#"})
    void parse_noTopicName_isIllegal(String topic) {
        assertThat(TopicParser.parse(ME, topic)).isInstanceOf(TopicReading.Illegal.class);
    }

    @Test
    void parse_sixtyFiveKilobytes_isRefusedEverywhere() {
        String big = "a".repeat(66_000);
        assertThat(TopicParser.parse(ME, big)).isInstanceOf(TopicReading.Illegal.class);
        for (String start : List.of("out/d/", "out/g/", "out/d/bob/", "read/d/", "now/d/", "call/", "call/me/", "")) {
            assertThat(TopicParser.parse(ME, "u/alice/" + start + big)).isInstanceOf(TopicReading.NotInContract.class);
            assertThat(TopicParser.parse(ME, "u/alice/" + start + "/".repeat(66_000)))
                    .isInstanceOf(TopicReading.NotInContract.class);
        }
    }

    /** Whatever is accepted is exactly what the formatter would write: nothing outside the grammar gets in. */
    @Property(tries = 5_000)
    void parse_anyPieces_neverThrowsAndAcceptsOnlyTheGrammar(@ForAll("pieces") List<String> pieces) {
        String topic = String.join("/", pieces);
        for (String text : List.of(topic, "u/alice/" + topic, "u/alice/out/" + topic, "u/alice/call/" + topic)) {
            if (TopicParser.parse(ME, text) instanceof TopicReading.Good good) {
                assertThat(TopicFormatter.format(ME, good.topic())).isEqualTo(text);
            }
            ServerTopicParser.parse(ME, text)
                    .fold(
                            read -> assertThat(TopicFormatter.format(ME, read)).isEqualTo(text),
                            reason -> assertThat(reason).isNotBlank());
        }
    }

    @Property
    void parse_anyString_neverThrows(@ForAll String text) {
        assertThat(TopicParser.parse(ME, text)).isNotNull();
        assertThat(TopicParser.parse(ME, "u/alice/" + text)).isNotNull();
        assertThat(ServerTopicParser.parse(ME, "u/alice/" + text)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "u/alice/in/d/bob/bob/0/1",
                "u/alice/in/d/bob/bob/01/1",
                "u/alice/in/d/bob/bob/+1/1",
                "u/alice/in/d/bob/bob/-1/1",
                "u/alice/in/d/bob/bob/1/01",
                "u/alice/in/d/bob/bob/1/-1",
                "u/alice/in/d/bob/bob/1/",
                "u/alice/in/d/bob/bob/1",
                "u/alice/in/d/bob/bob//1",
                "u/alice/in/d/bob/bob/1/1/1",
                "u/alice/in/d/bob/bob/9223372036854775808/1",
                "u/alice/in/d/bob/bob/99999999999999999999/1",
                "u/alice/in/d/bob/bob/\u0661/1",
                "u/alice/in/d/bob/bob~/1/1",
                "u/alice/in/d/bob/~bob/1/1",
                "u/alice/in/d/bob/a~b~c/1/1",
                "u/alice/ev/d/bob/bob/1/1",
                "u/alice/ev/d/bob/a b/bob/1/1",
                "u/alice/gap/d/bob/1",
                "u/alice/presence/",
                "u/alice/sent/d/bob",
                "u/alice/sent/d/bob/-/-",
                "u/alice/reply",
                "u/alice/reply/a/b/c",
                "u/bob/gap/d/alice",
                "u/alice/out/d/bob",
                "u/alice",
                "",
            })
    void serverParse_outsideTheGrammar_isBad(String topic) {
        assertThat(ServerTopicParser.parse(ME, topic).isOk()).isFalse();
    }

    @Test
    void serverParse_largestNumbers_areRead() {
        ServerTopic read = ServerTopicParser.parse(ME, "u/alice/in/d/bob/bob/9223372036854775807/0")
                .get();
        assertThat(((ServerTopic.In) read).seq()).isEqualTo(Long.MAX_VALUE);
        assertThat(((ServerTopic.In) read).ts()).isZero();
    }

    @Test
    void isReplyTopic_onlyBelowMyReplies() {
        assertThat(TopicParser.isReplyTopic(ME, "u/alice/reply/x/y", 512)).isTrue();
        for (String no :
                List.of("u/alice/reply/", "u/alice/reply", "u/bob/reply/x", "u/alice/reply/+", "u/alice/in/x")) {
            assertThat(TopicParser.isReplyTopic(ME, no, 512)).as(no).isFalse();
        }
        assertThat(TopicParser.isReplyTopic(ME, "u/alice/reply/" + "x".repeat(512), 512))
                .isFalse();
    }

    @Provide
    Arbitrary<List<String>> pieces() {
        return Any.hostile().list().ofMaxSize(8);
    }

    private static ClientTopic good(String topic) {
        return ((TopicReading.Good) TopicParser.parse(ME, topic)).topic();
    }
}
