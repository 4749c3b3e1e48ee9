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
import dev.waggle.spec.message.Rejection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads and writes objects in both forms. Everything with fields goes through here, so all of it has limits. */
public final class JsonObjects {
    private static final int MAX_BYTES = JsonForm.MAX_BYTES;
    private static final int MAX_DEPTH = 8;
    private static final int MAX_NAME = 64;
    private static final int MAX_DIGITS = 20;

    private static final ObjectMapper JSON =
            mapper(JsonFactory.builder().disable(JsonFactory.Feature.CHARSET_DETECTION), MAX_BYTES);
    private static final ObjectMapper CBOR = mapper(CBORFactory.builder(), MAX_BYTES);
    private static final ObjectMapper BATCH =
            mapper(JsonFactory.builder().disable(JsonFactory.Feature.CHARSET_DETECTION), MessagesJson.MAX_BYTES);

    private JsonObjects() {}

    private static ObjectMapper mapper(TSFBuilder<?, ?> builder, int mostBytes) {
        builder.streamReadConstraints(StreamReadConstraints.builder()
                .maxDocumentLength(mostBytes)
                .maxStringLength(mostBytes)
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
    public static Parsed<ObjectNode> read(JsonForm form, Bytes payload) {
        if (payload.size() == 0) {
            return Parsed.ok(mapper(form).createObjectNode());
        }
        if (payload.size() > MAX_BYTES) {
            return Parsed.bad("the payload has more than " + MAX_BYTES + " bytes");
        }
        return tree(mapper(form), form, payload)
                .then(node -> node instanceof ObjectNode object
                        ? Parsed.ok(object)
                        : Parsed.bad("the payload must be one " + form + " object"));
    }

    /** Reads whatever JSON it is, as large as a batch of messages may be. Total. */
    static Parsed<JsonNode> readBatch(Bytes payload) {
        return tree(BATCH, JsonForm.JSON, payload);
    }

    private static Parsed<JsonNode> tree(ObjectMapper mapper, JsonForm form, Bytes payload) {
        try {
            return Parsed.ok(mapper.readTree(payload.shared()));
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
    public interface Content {
        void to(JsonGenerator out) throws IOException;
    }

    /** Writes one object. */
    public static Bytes write(JsonForm form, Content content) {
        return written(form, out -> {
            out.writeStartObject();
            content.to(out);
            out.writeEndObject();
        });
    }

    /** Writes whatever JSON the content is. */
    static Bytes writeAny(Content content) {
        return written(JsonForm.JSON, content);
    }

    private static Bytes written(JsonForm form, Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator out = mapper(form).getFactory().createGenerator(bytes, JsonEncoding.UTF8)) {
            content.to(out);
        } catch (IOException impossible) {
            // The stream is memory, and the texts were checked or repaired.
            throw new UncheckedIOException(impossible);
        }
        return Bytes.wrap(bytes.toByteArray());
    }

    /** The field {@code error} of a refusal. */
    static void error(Rejection rejection, JsonGenerator out) throws IOException {
        out.writeObjectFieldStart("error");
        out.writeStringField("code", rejection.refusal().code());
        out.writeStringField("message", wellFormed(rejection.message()));
        out.writeEndObject();
    }

    /** The text with what is no Unicode replaced: a generator would refuse it. */
    public static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
