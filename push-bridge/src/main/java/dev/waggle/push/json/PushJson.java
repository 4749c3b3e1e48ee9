package dev.waggle.push.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.waggle.push.Alert;
import dev.waggle.push.Cut;
import dev.waggle.push.Push;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.Parsed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A push as JSON: {@code id}, {@code kind}, {@code user}, {@code thread} and {@code expiresAt} always, the others if they
 * say something. Named as in the data of FCM; the README of the module has the table.
 */
public final class PushJson {
    /** An emoji takes 4 bytes, not the 12 of two escapes. */
    private final JsonFactory json = JsonFactory.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    /** Fields besides those of the push. */
    @FunctionalInterface
    public interface More {
        void to(JsonGenerator out) throws IOException;
    }

    /** All of it. */
    public Bytes write(Push push, More more) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator out = json.createGenerator(bytes, JsonEncoding.UTF8)) {
            out.writeStartObject();
            push(push, out);
            Alert alert = push.alert();
            if (alert != null) {
                alert(alert, out);
            }
            more.to(out);
            out.writeEndObject();
        } catch (IOException impossible) {
            // The stream is memory, and the texts are repaired.
            throw new UncheckedIOException(impossible);
        }
        return Bytes.wrap(bytes.toByteArray());
    }

    /**
     * As much as fits, see {@link Cut}.
     *
     * @return at most that many bytes; bad: it is too large even without what may be left out
     */
    public Parsed<Bytes> fit(Push push, int mostBytes) {
        return Cut.toSize(push, mostBytes, some -> write(some, out -> {}).size())
                .map(some -> Parsed.ok(write(some, out -> {})))
                .orElseGet(() -> Parsed.bad("is larger than " + mostBytes + " bytes even without its texts"));
    }

    private static void push(Push push, JsonGenerator out) throws IOException {
        out.writeStringField("id", push.id().toString());
        out.writeStringField("kind", push.kind().code());
        out.writeStringField("user", push.user().value());
        out.writeStringField("thread", wellFormed(push.thread()));
        text("conv", push.conversation(), out);
        number("seq", push.seq(), out);
        number("count", push.count(), out);
        if (push.badge() != null) {
            out.writeNumberField("badge", push.badge());
        }
        texts("dismiss", push.dismiss(), out);
        text("image", push.image() == null ? null : push.image().toString(), out);
        if (push.sealed() != null) {
            out.writeStringField(
                    "enc", Base64.getEncoder().encodeToString(push.sealed().shared()));
        }
        out.writeNumberField("expiresAt", push.expiresAt());
    }

    private static void alert(Alert alert, JsonGenerator out) throws IOException {
        text("title", alert.title(), out);
        text("body", alert.body(), out);
        text("loc_key", alert.bodyKey(), out);
        texts("loc_args", alert.bodyArguments(), out);
    }

    private static void text(String name, @Nullable String value, JsonGenerator out) throws IOException {
        if (value != null) {
            out.writeStringField(name, wellFormed(value));
        }
    }

    private static void texts(String name, List<String> values, JsonGenerator out) throws IOException {
        if (!values.isEmpty()) {
            out.writeArrayFieldStart(name);
            for (String value : values) {
                out.writeString(wellFormed(value));
            }
            out.writeEndArray();
        }
    }

    private static void number(String name, long value, JsonGenerator out) throws IOException {
        if (value != 0) {
            out.writeNumberField(name, value);
        }
    }

    /** The text with what is no Unicode replaced: the generator would refuse it. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
