package dev.waggle.broker.cli.mqtt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.spec.Author;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.UserId;
import dev.waggle.spec.topic.ServerTopic;
import dev.waggle.spec.topic.ServerTopicParser;
import java.util.Base64;

/**
 * One arrival as one line of JSON: {@code kind} (in, ev, gap, mark, …), {@code topic}, what the topic says ({@code conv},
 * {@code from}, {@code seq}, {@code ts}, {@code event}), and {@code body} or {@code bodyBase64}, or {@code data} where the
 * contract has JSON.
 */
public final class ArrivalJson {

    private final UserId me;
    private final ObjectMapper json = new ObjectMapper();

    public ArrivalJson(UserId me) {
        this.me = me;
    }

    public String line(Arrival arrival) {
        ObjectNode line = json.createObjectNode();
        ServerTopicParser.parse(me, arrival.topic())
                .fold(topic -> describe(line, topic), unknown -> line.put("kind", "other"));
        line.put("topic", arrival.topic());
        arrival.contentType().ifPresent(type -> line.put("contentType", type));
        body(line, arrival);
        return line.toString();
    }

    private static ObjectNode describe(ObjectNode line, ServerTopic topic) {
        if (topic instanceof ServerTopic.In message) {
            return place(line.put("kind", "in"), message.conv(), message.from(), message.seq(), message.ts());
        } else if (topic instanceof ServerTopic.Ev event) {
            line.put("kind", "ev").put("event", event.kind());
            return place(line, event.conv(), event.from(), event.seq(), event.ts());
        } else if (topic instanceof ServerTopic.Gap gap) {
            return line.put("kind", "gap").put("conv", gap.conv().text());
        } else if (topic instanceof ServerTopic.Mark mark) {
            return line.put("kind", "mark").put("conv", mark.conv().text());
        }
        return line.put("kind", "other");
    }

    private static ObjectNode place(ObjectNode line, ConversationName conv, Author from, long seq, long ts) {
        return line.put("conv", conv.text())
                .put("from", from.toString())
                .put("seq", seq)
                .put("ts", ts);
    }

    private void body(ObjectNode line, Arrival arrival) {
        boolean message = line.path("kind").asText().equals("in");
        JsonNode data = message ? null : parsed(arrival);
        if (data != null && data.isContainerNode()) {
            line.set("data", data);
            return;
        }
        arrival.text()
                .ifPresentOrElse(
                        text -> line.put("body", text),
                        () -> line.put("bodyBase64", Base64.getEncoder().encodeToString(arrival.body())));
    }

    private @org.jspecify.annotations.Nullable JsonNode parsed(Arrival arrival) {
        try {
            return arrival.text().isPresent() ? json.readTree(arrival.text().get()) : null;
        } catch (JsonProcessingException noJson) {
            return null;
        }
    }
}
