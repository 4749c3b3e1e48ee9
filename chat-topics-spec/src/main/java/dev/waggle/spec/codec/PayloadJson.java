package dev.waggle.spec.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Activity;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The JSON that the broker publishes of itself: {@code gap}, {@code sent} and errors; of events: {@link EventPayload}. The
 * readers are what a client needs; they are total, and fields that they do not know are nothing to them, because a later version
 * may add some.
 */
public final class PayloadJson {
    private PayloadJson() {}

    /** Seqs that will not be delivered. */
    public record Gap(long from, long to) {}

    /** The outcome of a send, as {@code sent} tells it. */
    public sealed interface Sent {
        /** It is stored. */
        record Stored(long seq, long ts) implements Sent {}

        /** It was refused; an unknown code is a later version's. */
        record Refused(String code, String reason) implements Sent {}
    }

    /** A refusal as a client reads it. */
    public record Problem(String code, String message) {}

    /** {@code {"from":n,"to":m}}. */
    public static Bytes gap(long from, long to) {
        return ascii("{\"from\":" + from + ",\"to\":" + to + "}");
    }

    public static Parsed<Gap> readGap(Bytes payload) {
        return read("gap", payload, in -> {
            Long from = in.required("from", in.number("from", 1, Long.MAX_VALUE));
            Long to = in.required("to", in.number("to", 1, Long.MAX_VALUE));
            if (from == null || to == null) {
                return null;
            }
            if (to < from) {
                in.fail("from must not be above to");
            }
            return new Gap(from, to);
        });
    }

    /**
     * {@code {"bob":[delivered,read],…}}.
     *
     * @param marks two seqs of each user
     */
    public static Bytes marks(Map<UserId, long[]> marks) {
        StringBuilder json = new StringBuilder("{");
        marks.forEach((user, pair) -> json.append(json.length() > 1 ? ",\"" : "\"")
                .append(user.value())
                .append("\":[")
                .append(pair[0])
                .append(',')
                .append(pair[1])
                .append(']'));
        return ascii(json.append('}').toString());
    }

    /** Reads {@code mark}: delivered and read of each user. */
    public static Parsed<Map<UserId, long[]>> readMarks(Bytes payload) {
        return JsonObjects.read(JsonForm.JSON, payload).then(object -> {
            Map<UserId, long[]> marks = new LinkedHashMap<>();
            Fields in = new Fields("mark", object);
            object.properties().forEach(one -> {
                Parsed<UserId> user = UserId.parse(one.getKey());
                JsonNode pair = one.getValue();
                if (user instanceof Parsed.Ok<UserId> ok
                        && pair.isArray()
                        && pair.size() == 2
                        && pair.path(0).canConvertToLong()
                        && pair.path(1).canConvertToLong()) {
                    marks.put(
                            ok.value(),
                            new long[] {pair.path(0).longValue(), pair.path(1).longValue()});
                } else {
                    in.fail("must map user ids to [delivered, read]");
                }
            });
            return in.result(marks);
        });
    }

    /**
     * {@code {"state":"active","since":ts}}.
     *
     * @param since Unix milliseconds, or 0: it is not said
     */
    public static Bytes presence(Activity state, long since) {
        return ascii("{\"state\":\"" + state.code() + "\"" + (since > 0 ? ",\"since\":" + since : "") + "}");
    }

    /** {@code {"seq":n,"ts":t}}: a message is stored. */
    public static Bytes sent(long seq, long ts) {
        return ascii("{\"seq\":" + seq + ",\"ts\":" + ts + "}");
    }

    /** {@code {"refused":"code","reason":"…"}}. */
    public static Bytes refused(Rejection rejection) {
        return JsonObjects.write(JsonForm.JSON, out -> {
            out.writeStringField("refused", rejection.refusal().code());
            out.writeStringField("reason", JsonObjects.wellFormed(rejection.message()));
        });
    }

    public static Parsed<Sent> readSent(Bytes payload) {
        return read("sent", payload, in -> {
            String refused = in.text("refused");
            String reason = in.text("reason");
            if (refused != null) {
                return new Sent.Refused(refused, reason == null ? "" : reason);
            }
            Long seq = in.required("seq", in.number("seq", 1, Long.MAX_VALUE));
            Long ts = in.required("ts", in.number("ts", 0, Long.MAX_VALUE));
            return seq == null || ts == null ? null : new Sent.Stored(seq, ts);
        });
    }

    /** Reads {@code {"error":{"code":"…","message":"…"}}}; a payload without an error is bad. */
    public static Parsed<Problem> readError(Bytes payload, JsonForm form) {
        return JsonObjects.read(form, payload).then(object -> {
            ObjectNode error = new Fields("answer", object).object("error");
            if (error == null) {
                return Parsed.bad("answer: no error");
            }
            Fields in = new Fields("error", error);
            String code = in.required("code", in.text("code"));
            String message = in.text("message");
            return in.result(code == null ? null : new Problem(code, message == null ? "" : message));
        });
    }

    /** The refusal of a code, or null for one of a later version. */
    public static @Nullable Refusal refusal(String code) {
        for (Refusal refusal : Refusal.values()) {
            if (refusal.code().equals(code)) {
                return refusal;
            }
        }
        return null;
    }

    static <T> Parsed<T> read(String what, Bytes payload, Function<Fields, @Nullable T> reader) {
        return JsonObjects.read(JsonForm.JSON, payload).then(object -> {
            Fields in = new Fields(what, object);
            return in.result(reader.apply(in));
        });
    }

    private static Bytes ascii(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
