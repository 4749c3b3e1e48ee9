package dev.waggle.spec.codec;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.TSFBuilder;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.Parsed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads and writes objects in both forms. Everything with fields goes through here, so all of it has limits. */
final class JsonObjects {
    private static final int MAX_BYTES = JsonForm.MAX_BYTES;
    private static final int MAX_DEPTH = 8;
    private static final int MAX_NAME = 64;
    private static final int MAX_DIGITS = 20;

    private static final ObjectMapper JSON =
            mapper(JsonFactory.builder().disable(JsonFactory.Feature.CHARSET_DETECTION));
    private static final ObjectMapper CBOR = mapper(CBORFactory.builder());

    private JsonObjects() {}

    private static ObjectMapper mapper(TSFBuilder<?, ?> builder) {
        builder.streamReadConstraints(StreamReadConstraints.builder()
                .maxDocumentLength(MAX_BYTES)
                .maxStringLength(MAX_BYTES)
                .maxNestingDepth(MAX_DEPTH)
                .maxNameLength(MAX_NAME)
                .maxNumberLength(MAX_DIGITS)
                .build());
        builder.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
        // Names come from clients, and there are endlessly many: none goes into the pool of the whole process.
        builder.disable(JsonFactory.Feature.INTERN_FIELD_NAMES);
        return new ObjectMapper(builder.build()).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    private static ObjectMapper mapper(JsonForm form) {
        return form == JsonForm.CBOR ? CBOR : JSON;
    }

    /** Reads one object; an empty payload is an empty object. Total. */
    static Parsed<ObjectNode> read(JsonForm form, Bytes payload) {
        if (payload.size() == 0) {
            return Parsed.ok(mapper(form).createObjectNode());
        }
        if (payload.size() > MAX_BYTES) {
            return Parsed.bad("the payload has more than " + MAX_BYTES + " bytes");
        }
        try {
            JsonNode node = mapper(form).readTree(payload.shared());
            return node instanceof ObjectNode object
                    ? Parsed.ok(object)
                    : Parsed.bad("the payload must be one " + form + " object");
        } catch (StreamConstraintsException tooMuch) {
            return Parsed.bad("the payload is over a limit: depth " + MAX_DEPTH + ", names of " + MAX_NAME
                    + " characters, numbers of " + MAX_DIGITS + " digits");
        } catch (IOException | RuntimeException broken) {
            // Runtime too: whatever hostile bytes do to the library, they are the sender's fault and not ours.
            return Parsed.bad("the payload is no valid " + form);
        }
    }

    /** What {@link #write} is to put in. */
    @FunctionalInterface
    interface Content {
        void to(JsonGenerator out) throws IOException;
    }

    /** Writes one object. */
    static Bytes write(JsonForm form, Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator out = mapper(form).getFactory().createGenerator(bytes, JsonEncoding.UTF8)) {
            out.writeStartObject();
            content.to(out);
            out.writeEndObject();
        } catch (IOException impossible) {
            // The stream is memory, and the texts were checked or repaired.
            throw new UncheckedIOException(impossible);
        }
        return Bytes.wrap(bytes.toByteArray());
    }

    /** The text with what is no Unicode replaced: a generator would refuse it. */
    static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
