package dev.waggle.spec.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.UserId;
import dev.waggle.spec.call.MessageRequest;
import dev.waggle.spec.codec.MessagesJson.Batch;
import dev.waggle.spec.codec.MessagesJson.Posted;
import dev.waggle.spec.codec.MessagesJson.Told;
import dev.waggle.spec.message.Answer;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import dev.waggle.spec.message.Reply;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesJsonTest {

    private static Batch read(String json) {
        return ((Answer.Given<Batch>) MessagesJson.read(Bytes.utf8(json))).value();
    }

    private static Rejection refusal(String json) {
        return ((Answer.Refused<Batch>) MessagesJson.read(Bytes.utf8(json))).rejection();
    }

    private static Rejection refusal(Posted posted) {
        return ((Answer.Refused<MessageRequest>) posted.request()).rejection();
    }

    @Test
    void anObject_isOneMessage_withAllItsProperties() {
        Batch batch =
                read("{\"to\":\"d/bob\",\"bodyBase64\":\"/wA=\",\"contentType\":\"application/cbor\",\"id\":\"ü-1\","
                        + "\"ttl\":60,\"mention\":[\"bob\",\"carol\"],\"prio\":\"high\"}");
        assertThat(batch.single()).isTrue();
        Posted posted = batch.messages().get(0);
        assertThat(posted.id()).isEqualTo("ü-1");
        MessageRequest message = ((Answer.Given<MessageRequest>) posted.request()).value();
        assertThat(message.to()).isEqualTo(new ConversationName.Peer(new UserId("bob")));
        assertThat(message.body().shared()).containsExactly(0xFF, 0);
        assertThat(message.key().bytes()).isEqualTo(Bytes.utf8("ü-1"));
        MessageProperties properties = message.properties();
        assertThat(properties.contentType()).isEqualTo("application/cbor");
        assertThat(properties.expirySeconds()).isEqualTo(60);
        assertThat(properties.isUrgent()).isTrue();
        assertThat(properties.mentions().get()).containsExactly(new UserId("bob"), new UserId("carol"));
    }

    @Test
    void aPlainMessage_hasNoProperties() {
        Posted posted = read("{\"to\":\"g/team\",\"body\":\"\"}").messages().get(0);
        MessageRequest message = ((Answer.Given<MessageRequest>) posted.request()).value();
        assertThat(message.properties()).isSameAs(MessageProperties.NONE);
        assertThat(message.key()).isNull();
        assertThat(message.body()).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void anArray_keepsItsOrder_andWhatIsWrongWithOneIsSaidOfThatOne() {
        Batch batch =
                read("[{\"to\":\"d/bob\",\"body\":\"1\",\"id\":\"a\"},{\"to\":\"bob\",\"body\":\"2\",\"id\":\"b\"},7]");
        assertThat(batch.single()).isFalse();
        assertThat(batch.messages()).extracting(Posted::id).containsExactly("a", "b", null);
        assertThat(batch.messages().get(0).request()).isInstanceOf(Answer.Given.class);
        assertThat(refusal(batch.messages().get(1)).message()).contains("to: a conversation is d/{user} or g/{group}");
        assertThat(refusal(batch.messages().get(2)).refusal()).isEqualTo(Refusal.BAD_REQUEST);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'body':'x'} | to is missing",
                "{'to':'d/bob'} | body or bodyBase64 is missing",
                "{'to':'d/bob','body':'x','bodyBase64':'eA=='} | not both",
                "{'to':'d/bob','bodyBase64':'%'} | bodyBase64",
                "{'to':'d/bob','body':'x','ttl':0} | ttl must be an integer of 1…4294967295",
                "{'to':'d/bob','body':'x','id':''} | an id has 1…64 bytes",
                "{'to':'d/bob','body':'x','prio':'low'} | prio must be high",
                "{'to':'d/bob','body':'x','mention':'bob'} | mention must be an array",
                "{'to':'d/bob','body':'x','mentions':[]} | unknown field \"mentions\"",
                "{'to':'d/bob','body':'x','contentType':'a\\u0000b'} | contentType",
            })
    void aBadField_isNamed(String json, String reason) {
        Posted posted = read(json.replace('\'', '"')).messages().get(0);
        assertThat(refusal(posted).message()).contains(reason);
    }

    @Test
    void tooMany_tooLarge_orNoJson_isRefusedAsAWhole() {
        String one = "{\"to\":\"d/b\",\"body\":\"\"}";
        assertThat(read("[" + (one + ",").repeat(999) + one + "]").messages()).hasSize(1_000);
        assertThat(refusal("[" + (one + ",").repeat(1_000) + one + "]").refusal())
                .isEqualTo(Refusal.TOO_LARGE);
        assertThat(refusal("[" + " ".repeat(1 << 20) + "]").refusal()).isEqualTo(Refusal.TOO_LARGE);
        assertThat(refusal("[").refusal()).isEqualTo(Refusal.BAD_REQUEST);
        assertThat(refusal("").refusal()).isEqualTo(Refusal.BAD_REQUEST);
        assertThat(refusal("\"text\"").refusal()).isEqualTo(Refusal.BAD_REQUEST);
        assertThat(read("[]").messages()).isEmpty();
    }

    @Property(tries = 300)
    void whateverBytes_areReadWithoutFailing(@ForAll @Size(max = 200) byte[] bytes) {
        assertThat(MessagesJson.read(Bytes.wrap(bytes))).isNotNull();
    }

    @Test
    void answers_haveTheFormOfTheQuestion() {
        Told stored = new Told("a", Answer.of(new Reply.Sent(7, 1_790_000_000_000L)));
        Told refused = new Told(null, Answer.refused(Refusal.NOT_MEMBER, "not you"));
        assertThat(MessagesJson.write(true, List.of(stored)).asUtf8())
                .isEqualTo("{\"id\":\"a\",\"seq\":7,\"ts\":1790000000000}");
        assertThat(MessagesJson.write(false, List.of(stored, refused)).asUtf8())
                .isEqualTo("[{\"id\":\"a\",\"seq\":7,\"ts\":1790000000000},"
                        + "{\"error\":{\"code\":\"not-member\",\"message\":\"not you\"}}]");
        assertThat(MessagesJson.write(false, List.of()).asUtf8()).isEqualTo("[]");
    }
}
