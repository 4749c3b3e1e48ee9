package dev.waggle.broker.http.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.broker.moderation.Report;
import dev.waggle.broker.moderation.Report.Action;
import dev.waggle.broker.moderation.Report.Closing;
import dev.waggle.broker.moderation.Report.Evidence;
import dev.waggle.broker.moderation.Report.State;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.Parsed;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reports as moderators see them, and what they decide. */
final class ReportJson {
    private static final int MAX_NOTE = 500;

    private ReportJson() {}

    /** What a moderator decided. */
    record Decision(State state, Action action, String note) {}

    static void describe(Report report, ObjectNode out) {
        out.put("id", report.id());
        out.put("at", report.at());
        out.put("state", code(report.state()));
        out.put("cause", code(report.cause()));
        if (report.reporter() != null) {
            out.put("reporter", report.reporter().value());
        }
        if (report.conversation() instanceof ConversationId.Direct direct) {
            out.putArray("users").add(direct.low().value()).add(direct.high().value());
        } else {
            out.put(
                    "group",
                    ((ConversationId.Group) report.conversation()).group().value());
        }
        out.put("reason", report.reason());
        Closing closing = report.closing();
        if (closing != null) {
            out.put("closedBy", closing.by().value());
            out.put("closedAt", closing.at());
            out.put("action", code(closing.action()));
            out.put("note", closing.note());
        }
    }

    static ObjectNode whole(Report report) {
        ObjectNode out = AdminJson.object();
        describe(report, out);
        var messages = out.putArray("messages");
        for (Evidence one : report.evidence()) {
            ObjectNode line = messages.addObject();
            line.put("seq", one.seq());
            line.put("ts", one.ts());
            line.put("from", one.from().text());
            if (one.contentType() != null) {
                line.put("contentType", one.contentType());
            }
            String text = text(one.body());
            if (text == null) {
                line.put("bodyBase64", one.body().shared());
            } else {
                line.put("body", text);
            }
            if (one.size() > one.body().size()) {
                line.put("size", one.size());
            }
        }
        return out;
    }

    static Parsed<Decision> decision(Bytes body) {
        return AdminJson.read(body, Set.of("state", "action", "note"))
                .then(read -> AdminJson.text(read, "state")
                        .then(state -> one("state", state, State.RESOLVED, State.DISMISSED))
                        .then(state -> one("action", read.path("action").asText("none"), Action.values())
                                .then(action -> note(read.path("note"))
                                        .then(note -> action != Action.NONE && state == State.DISMISSED
                                                ? Parsed.bad("a report that is dismissed has the action none")
                                                : Parsed.ok(new Decision(state, action, note))))));
    }

    private static Parsed<String> note(JsonNode note) {
        String text = note.asText("");
        return (note.isTextual() || note.isMissingNode()) && text.length() <= MAX_NOTE
                ? Parsed.ok(text)
                : Parsed.bad("note is a text of at most " + MAX_NOTE + " characters");
    }

    @SafeVarargs
    static <E extends Enum<E>> Parsed<E> one(String field, String text, E... all) {
        return Stream.of(all)
                .filter(each -> code(each).equals(text))
                .findFirst()
                .map(Parsed::ok)
                .orElseGet(() -> Parsed.bad(field + " is one of "
                        + String.join(", ", Stream.of(all).map(ReportJson::code).toList())));
    }

    private static String code(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String text(Bytes body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body.shared()))
                    .toString();
        } catch (CharacterCodingException notText) {
            return null;
        }
    }
}
