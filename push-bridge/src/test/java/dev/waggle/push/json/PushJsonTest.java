package dev.waggle.push.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waggle.push.Pushes;
import dev.waggle.spec.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class PushJsonTest {
    private final ObjectMapper mapper = new ObjectMapper();
    private final PushJson json = new PushJson();

    private JsonNode read(Bytes bytes) throws IOException {
        return mapper.readTree(bytes.shared());
    }

    @Test
    void write_everything_hasAField() throws IOException {
        assertThat(read(json.write(Pushes.full(), out -> out.writeStringField("more", "x"))))
                .isEqualTo(mapper.readTree("""
                {
                  "id": "00000000-0000-4000-8000-000000000001", "kind": "mention", "user": "alice", "thread": "t1",
                  "conv": "d/bob", "seq": 7, "count": 2, "badge": 3, "dismiss": ["t2"],
                  "image": "https://media.example/i.png", "enc": "c2VhbGVk", "expiresAt": 1767226200000,
                  "title": "Bob", "body": "Hello Alice", "loc_key": "MESSAGE_FROM", "loc_args": ["Bob"],
                  "more": "x"
                }"""));
    }

    @Test
    void write_whatIsNotToBeTold_isNotThere() throws IOException {
        assertThat(read(json.write(Pushes.update(), out -> {})).fieldNames())
                .toIterable()
                .containsExactly("id", "kind", "user", "thread", "expiresAt");
    }

    @Test
    void fit_whatFits_isWhole() {
        assertThat(json.fit(Pushes.full(), 3_993).get()).isEqualTo(json.write(Pushes.full(), out -> {}));
    }

    @Test
    void fit_longText_fillsTheRoomToTheLastCharacter() throws IOException {
        Bytes cut = json.fit(Pushes.message("ä".repeat(5_000)), 3_993).get();
        assertThat(cut.size()).isBetween(3_992, 3_993);
        assertThat(read(cut).at("/body").asText()).matches("ä+…");
    }

    @Test
    void fit_tooLargeWithoutItsText_isBad() {
        assertThat(json.fit(Pushes.message("hello"), 60).isOk()).isFalse();
        assertThat(json.fit(Pushes.update(), 60).isOk()).isFalse();
    }

    /** Whatever the text, quotes and controls that grow in JSON, pairs of surrogates and halves of them. */
    @Property
    void fit_anyText_isItsBeginning_ofWholeCharacters(
            @ForAll @StringLength(max = 300) String text, @ForAll @IntRange(min = 200, max = 600) int room)
            throws IOException {
        String body = text + "\uD83D\uDC1D\"\n".repeat(40);
        Bytes fitted = json.fit(Pushes.message(body), room).get();
        assertThat(fitted.size()).isLessThanOrEqualTo(room);
        String shown = read(fitted).at("/body").asText();
        String wellFormed = new String(body.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        if (!shown.equals(wellFormed)) {
            assertThat(shown).endsWith("…");
            String beginning = shown.substring(0, shown.length() - 1);
            assertThat(wellFormed).startsWith(beginning);
            assertThat(beginning.isEmpty() || !Character.isHighSurrogate(beginning.charAt(beginning.length() - 1)))
                    .as("no half of a pair at the end")
                    .isTrue();
        }
    }
}
