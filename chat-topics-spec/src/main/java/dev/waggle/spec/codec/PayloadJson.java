package dev.waggle.spec.codec;

import dev.waggle.spec.message.Activity;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.MemberRole;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The JSON that the broker publishes of itself: {@code gap}, {@code sent}, {@code ev/…/member} and errors. The readers
 * are what a client needs; they are total, and fields that they do not know are nothing to them, because a later version
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

    /**
     * What {@code ev/{conv}/member} tells.
     *
     * @param added who is new
     * @param removed who was removed
     * @param left who left, or null
     * @param role who has another role than a plain new member, by its code
     * @param created true for the first event of a group
     * @param name of the group, at its creation, or null
     */
    public record MemberEvent(
            List<UserId> added,
            List<UserId> removed,
            @Nullable UserId left,
            Map<UserId, String> role,
            boolean created,
            @Nullable String name) {
        public MemberEvent {
            added = List.copyOf(added);
            removed = List.copyOf(removed);
            role = Map.copyOf(role);
        }
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

    /** The payload of {@code ev/{conv}/member}; fields with nothing to say are absent. */
    public static Bytes member(Event.MembersChanged change) {
        List<UserId> added = new ArrayList<>();
        Map<UserId, MemberRole> roles = new LinkedHashMap<>();
        for (Member member : change.added()) {
            boolean isNew = member.firstSeq() >= change.seq();
            if (isNew) {
                added.add(member.user());
            }
            if (!isNew || member.role() != MemberRole.MEMBER) {
                roles.put(member.user(), member.role());
            }
        }
        UserId left = change.left();
        return JsonObjects.write(JsonForm.JSON, out -> {
            if (change.created()) {
                out.writeBooleanField("created", true);
            }
            CallResultJson.text("name", change.name(), out);
            if (!added.isEmpty()) {
                CallResultJson.users("added", added, out);
            }
            if (!change.removed().isEmpty()) {
                CallResultJson.users("removed", change.removed(), out);
            }
            CallResultJson.text("left", left == null ? null : left.value(), out);
            if (!roles.isEmpty()) {
                out.writeObjectFieldStart("role");
                for (Map.Entry<UserId, MemberRole> one : roles.entrySet()) {
                    out.writeStringField(one.getKey().value(), one.getValue().code());
                }
                out.writeEndObject();
            }
        });
    }

    public static Parsed<MemberEvent> readMember(Bytes payload) {
        return read(
                "member",
                payload,
                in -> new MemberEvent(
                        in.users("added", 0, Integer.MAX_VALUE),
                        in.users("removed", 0, Integer.MAX_VALUE),
                        in.parsed("left", UserId::parse),
                        roles(in, in.object("role")),
                        in.flag("created"),
                        in.text("name")));
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

    private static Map<UserId, String> roles(Fields in, @Nullable ObjectNode object) {
        Map<UserId, String> roles = new LinkedHashMap<>();
        if (object == null) {
            return roles;
        }
        object.properties().forEach(one -> {
            Parsed<UserId> user = UserId.parse(one.getKey());
            if (user instanceof Parsed.Ok<UserId> ok && one.getValue().isTextual()) {
                roles.put(ok.value(), one.getValue().textValue());
            } else {
                in.fail("role must map user ids to texts");
            }
        });
        return roles;
    }

    private static <T> Parsed<T> read(String what, Bytes payload, Function<Fields, @Nullable T> reader) {
        return JsonObjects.read(JsonForm.JSON, payload).then(object -> {
            Fields in = new Fields(what, object);
            return in.result(reader.apply(in));
        });
    }

    private static Bytes ascii(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
