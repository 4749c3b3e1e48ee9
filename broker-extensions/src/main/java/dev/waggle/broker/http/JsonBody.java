package dev.waggle.broker.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.Parsed;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request that is one small JSON object of texts and truths. Reasons name fields, never their values: those
 * are passwords. Immutable.
 */
final class JsonBody {
    /** Room for the longest password in the longest spelling, and the longest token. */
    private static final int MAX_BYTES = 16 * 1024;

    private static final int MAX_DEPTH = 4;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNameLength(64)
                            .maxNumberLength(20)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final ObjectNode object;

    private JsonBody(ObjectNode object) {
        this.object = object;
    }

    /**
     * Total.
     *
     * @param needed texts that must be there
     * @param optional texts or truths that may be there; nothing else may
     */
    static Parsed<JsonBody> read(Bytes body, List<String> needed, List<String> optional) {
        if (body.size() > MAX_BYTES) {
            return Parsed.bad("the body has more than " + MAX_BYTES + " bytes");
        }
        JsonNode node;
        try {
            node = JSON.readTree(body.shared());
        } catch (IOException | RuntimeException broken) {
            // Runtime too: whatever hostile bytes do to the library, they are the sender's fault and not ours.
            return Parsed.bad("the body is no valid JSON");
        }
        if (!(node instanceof ObjectNode object)) {
            return Parsed.bad("the body must be one JSON object");
        }
        for (String field : needed) {
            if (!object.path(field).isTextual()) {
                return Parsed.bad(field + " must be there, a text");
            }
        }
        Iterator<String> names = object.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (!needed.contains(name) && !optional.contains(name)) {
                return Parsed.bad("there is a field that is none of " + String.join(", ", needed)
                        + (needed.isEmpty() || optional.isEmpty() ? "" : ", ") + String.join(", ", optional));
            }
            if (!object.path(name).isTextual() && !object.path(name).isBoolean()) {
                return Parsed.bad(name + " must be a text");
            }
        }
        return Parsed.ok(new JsonBody(object));
    }

    /** One that is needed. */
    String text(String field) {
        return object.path(field).asText();
    }

    @Nullable
    String maybe(String field) {
        return object.path(field).textValue();
    }

    boolean has(String field) {
        return object.has(field);
    }

    boolean isTrue(String field) {
        return object.path(field).isBoolean() && object.path(field).booleanValue();
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static Bytes bytes(ObjectNode object) {
        try {
            return Bytes.wrap(JSON.writeValueAsBytes(object));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts is always JSON", e);
        }
    }
}
