package dev.waggle.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** User, device and group ids, authors, conversations: what their grammar says, and nothing else. */
class IdentifiersTest {
    private static final Pattern ID_64 = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern ID_32 = Pattern.compile("[A-Za-z0-9_-]{1,32}");

    @Property(tries = 2_000)
    void parse_anyText_acceptsExactlyTheGrammar(@ForAll("texts") String text) {
        assertThat(UserId.parse(text).isOk()).isEqualTo(ID_64.matcher(text).matches());
        assertThat(GroupId.parse(text).isOk()).isEqualTo(ID_64.matcher(text).matches());
        assertThat(DeviceId.parse(text).isOk()).isEqualTo(ID_32.matcher(text).matches());
        UserId.parse(text).then(id -> Parsed.ok(assertThat(id.value()).isEqualTo(text)));
    }

    @Test
    void constructor_outsideTheGrammar_throws() {
        assertThatIllegalArgumentException().isThrownBy(() -> new UserId("a/b"));
        assertThatIllegalArgumentException().isThrownBy(() -> new GroupId(""));
        assertThatIllegalArgumentException().isThrownBy(() -> new DeviceId("a".repeat(33)));
        assertThat(new DeviceId("a".repeat(32)).value()).hasSize(32);
        assertThatIllegalArgumentException().isThrownBy(() -> new UserId("a".repeat(65)));
    }

    @Property
    void author_thereAndBack_isTheSame(@ForAll("authors") Author author) {
        assertThat(Author.parse(author.text()).get()).isEqualTo(author);
    }

    @Property
    void author_anyText_acceptsOnlyWhatItWouldWrite(@ForAll("texts") String text) {
        Author.parse(text)
                .fold(
                        author -> assertThat(author.text()).isEqualTo(text),
                        reason -> assertThat(reason).isNotBlank());
        assertThat(Author.parse(text + "~").isOk()).isFalse();
        assertThat(Author.parse("~" + text).isOk()).isFalse();
        assertThat(Author.parse("a~b~" + text).isOk()).isFalse();
    }

    @Property
    void conversationName_thereAndBack_isTheSame(@ForAll("names") ConversationName name) {
        assertThat(ConversationName.parse(name.text()).get()).isEqualTo(name);
    }

    @Property
    void conversationName_anyText_acceptsOnlyWhatItWouldWrite(@ForAll("texts") String text) {
        for (String conv : new String[] {text, "d/" + text, "g/" + text}) {
            ConversationName.parse(conv)
                    .fold(
                            name -> assertThat(name.text()).isEqualTo(conv),
                            reason -> assertThat(reason).isNotBlank());
        }
    }

    @Property
    void conversation_seenByBoth_isTheSameConversation(@ForAll("users") UserId one, @ForAll("users") UserId other) {
        ConversationId id = ConversationId.direct(one, other);
        assertThat(ConversationId.direct(other, one)).isEqualTo(id);
        assertThat(id.seenBy(one)).isEqualTo(new ConversationName.Peer(other));
        assertThat(id.seenBy(other)).isEqualTo(new ConversationName.Peer(one));
        assertThat(id.seenBy(one).of(one)).isEqualTo(id);
        assertThat(id.seenBy(other).of(other)).isEqualTo(id);
    }

    @Test
    void conversation_withoutOrder_throws() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConversationId.Direct(new UserId("b"), new UserId("a")));
    }

    @Property
    void bytes_compareByContentAndPrintOnlyTheirSize(@ForAll byte[] array) {
        Bytes bytes = Bytes.wrap(array.clone());
        assertThat(bytes).isEqualTo(Bytes.wrap(array)).hasSameHashCodeAs(Bytes.wrap(array));
        assertThat(bytes.size()).isEqualTo(array.length);
        assertThat(bytes).hasToString(array.length + " bytes");
        byte[] changed = Arrays.copyOf(array, array.length + 1);
        assertThat(bytes).isNotEqualTo(Bytes.wrap(changed));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(Any.hostile(), Any.id(64), Any.id(64).map(id -> id + id), Any.text(70));
    }

    @Provide
    Arbitrary<UserId> users() {
        return Any.user();
    }

    @Provide
    Arbitrary<Author> authors() {
        return Any.author();
    }

    @Provide
    Arbitrary<ConversationName> names() {
        return Any.name();
    }
}
