package dev.waggle.spec.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.SeqRange;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.UserId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes the fields of one object apart. The first wrong one gives the reason; after that every field reads as absent, so
 * that a reader can go on and ask at the end, with {@link #result}. One use, one thread.
 */
public final class Fields {
    private static final int MAX_ECHO = 32;

    /** Takes an object apart. */
    @FunctionalInterface
    public interface Reader<T> {
        /** Null if something was wrong, which is noted there. */
        @Nullable
        T read(Fields in);
    }

    private final String what;
    private final ObjectNode object;
    private final Set<String> allowed = new LinkedHashSet<>();
    private @Nullable String problem;

    /** @param what names the object in reasons, such as the method */
    public Fields(String what, ObjectNode object) {
        this.what = what;
        this.object = object;
    }

    @Nullable
    public String text(String field) {
        JsonNode node = take(field);
        if (node == null) {
            return null;
        }
        if (!node.isTextual()) {
            fail(field + " must be a text");
            return null;
        }
        return node.textValue();
    }

    /** A text that {@code parser} reads. */
    public <T> @Nullable T parsed(String field, Function<String, Parsed<T>> parser) {
        String text = text(field);
        return text == null ? null : value(field, parser.apply(text));
    }

    /** An integer of {@code min}…{@code max}. */
    @Nullable
    public Long number(String field, long min, long max) {
        JsonNode node = take(field);
        if (node == null) {
            return null;
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < min || node.longValue() > max) {
            fail(field + " must be an integer of " + min + "…" + max);
            return null;
        }
        return node.longValue();
    }

    public int number(String field, int min, int max, int otherwise) {
        Long number = number(field, (long) min, (long) max);
        return number == null ? otherwise : number.intValue();
    }

    /** Null if it is absent. */
    @Nullable
    public Boolean maybeFlag(String field) {
        JsonNode value = take(field);
        if (value == null) {
            return null;
        }
        if (!value.isBoolean()) {
            fail(field + " must be true or false");
            return null;
        }
        return value.booleanValue();
    }

    public boolean flag(String field) {
        JsonNode node = take(field);
        if (node != null && !node.isBoolean()) {
            fail(field + " must be true or false");
        }
        return node != null && node.asBoolean();
    }

    /** User ids, each once; absent is empty. */
    public List<UserId> users(String field, int min, int max) {
        JsonNode node = take(field);
        List<UserId> users = new ArrayList<>();
        if (node == null) {
            return users;
        }
        if (!node.isArray() || node.size() < min || node.size() > max) {
            fail(field + " must be an array of " + min + "…" + max + " user ids");
            return users;
        }
        Set<UserId> seen = new LinkedHashSet<>();
        for (JsonNode one : node) {
            UserId user = one.isTextual() ? value(field, UserId.parse(one.textValue())) : null;
            if (user == null) {
                fail(field + " must contain texts that are user ids");
                return users;
            }
            if (!seen.add(user)) {
                fail(field + " names a user twice");
                return users;
            }
        }
        users.addAll(seen);
        return users;
    }

    /**
     * Ranges of seqs, {@code [[a,b],…]}, in any order; absent is null.
     *
     * @param most ranges
     */
    @Nullable
    public SeqRanges ranges(String field, int most) {
        JsonNode node = take(field);
        if (node == null) {
            return null;
        }
        List<SeqRange> ranges = new ArrayList<>();
        boolean good = node.isArray() && node.size() >= 1 && node.size() <= most;
        for (int i = 0; good && i < node.size(); i++) {
            JsonNode range = node.get(i);
            long from = range.isArray() && range.size() == 2 ? seq(range.get(0)) : 0;
            long to = from > 0 ? seq(range.get(1)) : 0;
            good = from > 0 && to >= from;
            if (good) {
                ranges.add(new SeqRange(from, to));
            }
        }
        if (!good) {
            fail(field + " must be 1…" + most + " ranges of seqs such as [[3,5],[7,7]]");
            return null;
        }
        return new SeqRanges(ranges);
    }

    private static long seq(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() ? node.longValue() : 0;
    }

    /** {@code body}, a text, or {@code bodyBase64}, which in CBOR may be a byte string; one of them, or null. */
    @Nullable
    public Bytes body() {
        JsonNode text = take("body");
        JsonNode binary = take("bodyBase64");
        if (text != null && binary != null) {
            fail("give body or bodyBase64, not both");
            return null;
        }
        if (text != null) {
            if (!text.isTextual()) {
                fail("body must be a text");
                return null;
            }
            return Bytes.utf8(text.textValue());
        }
        try {
            return binary == null ? null : Bytes.wrap(binary.binaryValue());
        } catch (IOException | RuntimeException notBase64) {
            fail("bodyBase64 must be bytes as base64");
            return null;
        }
    }

    @Nullable
    public ObjectNode object(String field) {
        JsonNode node = take(field);
        if (node != null && !(node instanceof ObjectNode)) {
            fail(field + " must be an object");
        }
        return node instanceof ObjectNode inner ? inner : null;
    }

    /** An object that {@code reader} takes apart; what is wrong in it is wrong here, other fields in it too. */
    public <T> @Nullable T inner(String field, Reader<T> reader) {
        ObjectNode node = object(field);
        if (node == null) {
            return null;
        }
        Fields inner = new Fields(field, node);
        T read = reader.read(inner);
        inner.noOthers();
        if (inner.problem != null) {
            fail(inner.problem);
        }
        return inner.problem == null ? read : null;
    }

    /** Texts, each of which {@code parser} reads, in their order; absent is null. */
    public <T> @Nullable List<T> list(String field, int min, int max, Function<String, Parsed<T>> parser) {
        JsonNode node = take(field);
        if (node == null) {
            return null;
        }
        if (!node.isArray() || node.size() < min || node.size() > max) {
            fail(field + " must be an array of " + min + "…" + max);
            return null;
        }
        List<T> values = new ArrayList<>();
        for (JsonNode one : node) {
            T value = value(field, one.isTextual() ? parser.apply(one.textValue()) : Parsed.bad("must contain texts"));
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return values;
    }

    /** True if the field is there and null: for requests in which that means something else than to leave it out. */
    public boolean isNull(String field) {
        allowed.add(field);
        return object.path(field).isNull();
    }

    /** The value, which must be there. */
    public <T> @Nullable T required(String field, @Nullable T value) {
        if (value == null) {
            fail(field + " is missing");
        }
        return value;
    }

    /** Notes what is wrong, unless something was wrong before. */
    public void fail(String reason) {
        if (problem == null) {
            problem = what + ": " + reason;
        }
    }

    public boolean failed() {
        return problem != null;
    }

    /**
     * Checks that there is no other field: a client that misspelt a name must learn it. It counts before all else, since a
     * misspelt field is also a missing one.
     */
    public void noOthers() {
        Iterator<String> names = object.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (!allowed.contains(name)) {
                problem = what + ": unknown field" + echo(name) + "; "
                        + (allowed.isEmpty() ? "it takes none" : "allowed: " + String.join(", ", allowed));
                return;
            }
        }
    }

    /** The value if nothing was wrong; null stands for a value that could not be made. */
    public <T> Parsed<T> result(@Nullable T value) {
        if (problem != null) {
            return Parsed.bad(problem);
        }
        return value == null ? Parsed.bad(what + ": something is missing") : Parsed.ok(value);
    }

    private <T> @Nullable T value(String field, Parsed<T> parsed) {
        if (parsed instanceof Parsed.Ok<T> ok) {
            return ok.value();
        }
        fail(field + ": " + ((Parsed.Bad<T>) parsed).reason());
        return null;
    }

    private @Nullable JsonNode take(String field) {
        allowed.add(field);
        JsonNode node = object.get(field);
        return failed() || node == null || node.isNull() ? null : node;
    }

    /** The name, if it is short and harmless: it goes into an answer and perhaps into a log. */
    private static String echo(String name) {
        boolean harmless = name.length() <= MAX_ECHO && name.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '"');
        return harmless ? " \"" + name + "\"" : "";
    }
}
