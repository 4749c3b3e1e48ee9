package dev.waggle.broker.http.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.broker.http.HttpAnswer;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.Parsed;
import java.io.IOException;
import java.util.Set;

/** JSON of administrators' requests and answers. Reading is total; unknown fields are errors, for they are typos. */
final class AdminJson {
    private static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_DEPTH = 8;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_BYTES)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private AdminJson() {}

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static HttpAnswer answer(ObjectNode body) {
        try {
            return HttpAnswer.json(200, Bytes.wrap(JSON.writeValueAsBytes(body)));
        } catch (IOException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    /** One object with no other fields than these; an empty body is an empty object. */
    static Parsed<JsonNode> read(Bytes body, Set<String> fields) {
        if (body.size() == 0) {
            return Parsed.ok(JSON.createObjectNode());
        }
        if (body.size() > MAX_BYTES) {
            return Parsed.bad("the body has more than " + MAX_BYTES + " bytes");
        }
        JsonNode read;
        try {
            read = JSON.readTree(body.shared());
        } catch (IOException e) {
            return Parsed.bad("the body is no JSON");
        }
        if (!read.isObject()) {
            return Parsed.bad("the body must be a JSON object");
        }
        var names = read.fieldNames();
        while (names.hasNext()) {
            if (!fields.contains(names.next())) {
                return Parsed.bad("the body may have " + fields + " and nothing else");
            }
        }
        return Parsed.ok(read);
    }

    /** A field that must be text. */
    static Parsed<String> text(JsonNode object, String field) {
        JsonNode value = object.path(field);
        return value.isTextual() ? Parsed.ok(value.textValue()) : Parsed.bad(field + " must be there, as text");
    }
}
