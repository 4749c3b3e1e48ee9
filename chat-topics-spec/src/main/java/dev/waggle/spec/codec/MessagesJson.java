package dev.waggle.spec.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.Limits;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import dev.waggle.spec.call.MessageRequest;
import dev.waggle.spec.message.Answer;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.MessageProperties.UserProperty;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import dev.waggle.spec.message.Reply;
import dev.waggle.spec.message.SendKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of {@code POST /v1/messages}: one message or an array of them, and their answers in the same form and order.
 * Reading is total; what is wrong with one message is said of that message alone.
 */
public final class MessagesJson {
    /** Each takes a decision and an answer; a batch takes a tenth of what may wait before the store. */
    public static final int MAX_MESSAGES = 1_000;

    /** What the HTTP door takes at most: a thousand notices of 1 KiB, or a dozen of the largest bodies. */
    public static final int MAX_BYTES = 1 << 20;

    private static final long MAX_TTL = 0xFFFF_FFFFL;
    private static final String WHAT = "message";

    private MessagesJson() {}

    /**
     * What was posted.
     *
     * @param single true: one object and no array
     */
    public record Batch(boolean single, List<Posted> messages) {
        public Batch {
            messages = List.copyOf(messages);
        }
    }

    /**
     * One message as it was posted.
     *
     * @param id to be repeated in its answer, or null if none was given
     */
    public record Posted(@Nullable String id, Answer<MessageRequest> request) {}

    /** Refused as a whole: no JSON, no message in it, too many or too much of it. */
    public static Answer<Batch> read(Bytes payload) {
        if (payload.size() > MAX_BYTES) {
            return Answer.refused(Refusal.TOO_LARGE, "a request has at most " + MAX_BYTES + " bytes");
        }
        Parsed<JsonNode> read = JsonObjects.readBatch(payload);
        return read.fold(MessagesJson::batch, reason -> Answer.refused(Rejection.badPayload(reason)));
    }

    private static Answer<Batch> batch(JsonNode node) {
        if (node instanceof ObjectNode one) {
            return Answer.of(new Batch(true, List.of(posted(one))));
        }
        if (!(node instanceof ArrayNode array)) {
            return Answer.refused(Rejection.badPayload("the payload must be a message, or an array of messages"));
        }
        if (array.size() > MAX_MESSAGES) {
            return Answer.refused(Refusal.TOO_LARGE, "a request has at most " + MAX_MESSAGES + " messages");
        }
        List<Posted> messages = new ArrayList<>(array.size());
        for (JsonNode each : array) {
            messages.add(
                    each instanceof ObjectNode object
                            ? posted(object)
                            : new Posted(null, Answer.refused(Rejection.badPayload("a message must be an object"))));
        }
        return Answer.of(new Batch(false, messages));
    }

    private static Posted posted(ObjectNode object) {
        Fields in = new Fields(WHAT, object);
        String id = in.parsed("id", MessagesJson::id);
        MessageRequest request = request(in, id);
        in.noOthers();
        return new Posted(
                id, in.result(request).fold(Answer::of, reason -> Answer.refused(Rejection.badPayload(reason))));
    }

    private static @Nullable MessageRequest request(Fields in, @Nullable String id) {
        ConversationName to = in.required("to", in.parsed("to", ConversationName::parse));
        Bytes body = in.body();
        String contentType = in.parsed("contentType", MessagesJson::text);
        Long ttl = in.number("ttl", 1, MAX_TTL);
        List<UserId> mentions = in.users("mention", 0, MessageProperties.MAX_MENTIONS);
        String priority = in.text("prio");
        if (body == null) {
            in.fail("body or bodyBase64 is missing");
        }
        if (priority != null && !priority.equals(MessageProperties.HIGH)) {
            in.fail("prio must be " + MessageProperties.HIGH + ", or absent");
        }
        if (to == null || body == null || in.failed()) {
            return null;
        }
        SendKey key = id == null ? null : new SendKey(Bytes.utf8(id));
        return new MessageRequest(
                to, key, body, properties(contentType, ttl == null ? 0 : ttl, mentions, priority != null));
    }

    private static MessageProperties properties(
            @Nullable String contentType, long ttl, List<UserId> mentions, boolean high) {
        if (contentType == null && ttl == 0 && mentions.isEmpty() && !high) {
            return MessageProperties.NONE;
        }
        List<UserProperty> user = new ArrayList<>(mentions.size() + 1);
        mentions.forEach(mentioned -> user.add(new UserProperty(MessageProperties.MENTION, mentioned.value())));
        if (high) {
            user.add(new UserProperty(MessageProperties.PRIORITY, MessageProperties.HIGH));
        }
        return new MessageProperties(contentType, false, ttl, user);
    }

    private static Parsed<String> id(String id) {
        int size = Bytes.utf8(id).size();
        return size >= 1
                        && size <= Limits.KEY_BYTES
                        && JsonObjects.wellFormed(id).equals(id)
                ? Parsed.ok(id)
                : Parsed.bad("an id has 1…" + Limits.KEY_BYTES + " bytes of UTF-8");
    }

    /** What an MQTT string may hold (MQTT 5 §1.5.4). */
    private static Parsed<String> text(String text) {
        return text.indexOf('\0') < 0 && JsonObjects.wellFormed(text).equals(text)
                ? Parsed.ok(text)
                : Parsed.bad("no NUL and no lone surrogates");
    }

    /** What became of one message, as it is told. */
    public record Told(@Nullable String id, Answer<Reply.Sent> answer) {}

    /** @param single true: there is one, and it is told without an array */
    public static Bytes write(boolean single, List<Told> answers) {
        return JsonObjects.writeAny(out -> {
            if (single) {
                write(answers.get(0), out);
                return;
            }
            out.writeStartArray();
            for (Told told : answers) {
                write(told, out);
            }
            out.writeEndArray();
        });
    }

    private static void write(Told told, JsonGenerator out) throws IOException {
        out.writeStartObject();
        if (told.id() != null) {
            out.writeStringField("id", told.id());
        }
        if (told.answer() instanceof Answer.Given<Reply.Sent> sent) {
            out.writeNumberField("seq", sent.value().seq());
            out.writeNumberField("ts", sent.value().ts());
        } else {
            JsonObjects.error(((Answer.Refused<Reply.Sent>) told.answer()).rejection(), out);
        }
        out.writeEndObject();
    }
}
