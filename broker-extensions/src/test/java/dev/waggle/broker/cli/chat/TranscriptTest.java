package dev.waggle.broker.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.broker.cli.mqtt.ArrivalText;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.UserId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class TranscriptTest {
    private static final UserId ALICE = new UserId("alice");
    private static final String TIME = "/1790000000000";

    private final Transcript transcript =
            new Transcript(ALICE, ConversationName.parse("d/bob").get(), new ArrivalText(ALICE, ZoneOffset.UTC));

    @Test
    void message_isShownOnce_andCanBeRead() {
        assertThat(transcript.arrived("u/alice/in/d/bob/bob/3" + TIME, "hello"))
                .containsExactly("14:13:20 d/bob #3 bob: hello");
        assertThat(transcript.arrived("u/alice/in/d/bob/bob/3" + TIME, "hello")).isEmpty();
        assertThat(transcript.readable()).isEqualTo(3);
    }

    @Test
    void otherConversations_areNotShown() {
        assertThat(transcript.arrived("u/alice/in/d/carol/carol/3" + TIME, "hello"))
                .isEmpty();
        assertThat(transcript.arrived("u/alice/mark/d/carol", "{\"carol\":[1,1]}"))
                .isEmpty();
        assertThat(transcript.readable()).isZero();
    }

    @Test
    void history_isShown_andWhatOfItComesLiveIsNot() {
        String page = """
                {"messages":[{"seq":1,"ts":1790000000000,"from":"bob","body":"hi\\u001b"},
                {"seq":2,"ts":1790000000000,"from":"bob","deleted":true},
                {"seq":3,"ts":1790000000000,"from":"alice","body":"old","edited":1790000000001}],"first":1,"last":3}""";
        assertThat(transcript.arrived("u/alice/reply/history/1", page))
                .containsExactly(
                        "14:13:20 d/bob #1 bob: hi\\u{1b}",
                        "14:13:20 d/bob #2 bob (deleted)",
                        "14:13:20 d/bob #3 alice: old (edited)");
        assertThat(transcript.arrived("u/alice/in/d/bob/bob/2" + TIME, "late")).isEmpty();
        assertThat(transcript.readable()).isEqualTo(2);
        assertThat(transcript.arrived("u/alice/mark/d/bob", "{\"bob\":[3,0]}"))
                .containsExactly("  ✓✓ bob has received up to #3");
    }

    @Test
    void marks_areToldOnce_andOnlyOverOwnMessages() {
        assertThat(transcript.sent(5)).isEqualTo("  ✓ d/bob #5");
        transcript.arrived("u/alice/in/d/bob/bob/6" + TIME, "hello");
        assertThat(transcript.arrived("u/alice/mark/d/bob", "{\"bob\":[4,4]}")).isEmpty();
        assertThat(transcript.arrived("u/alice/mark/d/bob", "{\"bob\":[6,0]}"))
                .containsExactly("  ✓✓ bob has received up to #5");
        assertThat(transcript.arrived("u/alice/mark/d/bob", "{\"bob\":[6,6],\"alice\":[6,6]}"))
                .containsExactly("  ✓✓ bob has read up to #5");
        assertThat(transcript.arrived("u/alice/mark/d/bob", "{\"bob\":[6,6]}")).isEmpty();
        assertThat(transcript.arrived("u/alice/mark/d/bob", "no json")).isEmpty();
    }

    @Test
    void answers_areShownInWords() {
        assertThat(transcript.arrived("u/alice/reply/group.add/2", "{\"error\":{\"code\":\"x\",\"message\":\"no\"}}"))
                .containsExactly("  ✗ no");
        assertThat(transcript.arrived(
                        "u/alice/reply/group.info/3", "{\"members\":[{\"user\":\"bob\",\"role\":\"owner\"}]}"))
                .containsExactly("  bob (owner)");
    }
}
