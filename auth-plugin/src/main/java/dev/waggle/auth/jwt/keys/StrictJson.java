package dev.waggle.auth.jwt.keys;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waggle.spec.Parsed;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** JSON as two readers cannot understand differently: well-formed UTF-8, no name twice, nothing after it, not deep. */
public final class StrictJson {
    private static final int MAX_DEPTH = 16;

    private static final ObjectReader READER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    private StrictJson() {}

    /** Bad: the rest of a sentence that begins with 'is' or 'are'. */
    public static Parsed<JsonNode> object(byte[] utf8) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
            JsonNode node = READER.readValue(text);
            return node != null && node.isObject() ? Parsed.ok(node) : Parsed.bad("no JSON object");
        } catch (CharacterCodingException e) {
            return Parsed.bad("not well-formed UTF-8");
        } catch (JsonProcessingException e) {
            // Its message quotes the token.
            return Parsed.bad("not strict JSON (one object, no name twice, at most " + MAX_DEPTH + " levels)");
        }
    }
}
