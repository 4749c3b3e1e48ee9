package dev.waggle.broker.cli.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waggle.broker.cli.mqtt.ArrivalText;
import dev.waggle.broker.cli.mqtt.TerminalText;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.UserId;
import dev.waggle.spec.topic.ServerTopic;
import dev.waggle.spec.topic.ServerTopicParser;
import java.util.ArrayList;
import java.util.List;

/**
 * What a terminal shows of one conversation: each seq once, in order, whether it comes live, again or in the history.
 * Any thread.
 */
public final class Transcript {

    private final UserId me;
    private final ConversationName conversation;
    private final ArrivalText text;
    private final Ticks ticks;
    private long shown;
    private long readable;

    public Transcript(UserId me, ConversationName conversation, ArrivalText text) {
        this.me = me;
        this.conversation = conversation;
        this.text = text;
        this.ticks = new Ticks(me);
    }

    /** A message of ours was acknowledged. */
    public synchronized String sent(long seq) {
        ticks.sent(seq);
        shown = Math.max(shown, seq);
        return "  ✓ " + conversation + " #" + seq;
    }

    /** The lines for something that arrived: none if it belongs elsewhere or was shown before. */
    public synchronized List<String> arrived(String topic, String body) {
        return ServerTopicParser.parse(me, topic).fold(known -> arrived(known, topic, body), unknown -> List.of());
    }

    /** The highest seq that was shown and is not ours; 0 if there is none. */
    public synchronized long readable() {
        return readable;
    }

    private List<String> arrived(ServerTopic known, String topic, String body) {
        if (known instanceof ServerTopic.In message && message.conv().equals(conversation)) {
            return numbered(message.seq(), message.from().toString(), text.line(topic, body));
        } else if (known instanceof ServerTopic.Ev event && event.conv().equals(conversation)) {
            return numbered(event.seq(), event.from().toString(), text.line(topic, body));
        } else if (known instanceof ServerTopic.Gap gap && gap.conv().equals(conversation)) {
            return List.of(text.line(topic, body));
        } else if (known instanceof ServerTopic.Mark mark && mark.conv().equals(conversation)) {
            return ticks.marked(body);
        } else if (topic.startsWith("u/" + me + "/reply/")) {
            return answered(topic, body);
        }
        return List.of();
    }

    private List<String> numbered(long seq, String from, String line) {
        if (seq <= shown) {
            return List.of();
        }
        shown = seq;
        if (from.equals(me.value())) {
            ticks.sent(seq);
        } else {
            readable = seq;
        }
        return List.of(line);
    }

    private List<String> answered(String topic, String body) {
        JsonNode answer;
        try {
            answer = new ObjectMapper().readTree(body);
        } catch (JsonProcessingException noJson) {
            return List.of("  ? " + TerminalText.plain(body));
        }
        if (answer.has("error")) {
            return List.of("  ✗ "
                    + TerminalText.plain(answer.path("error").path("message").asText()));
        } else if (topic.contains("/reply/history")) {
            return history(answer.path("messages"));
        } else if (topic.contains("/reply/group.info")) {
            return members(answer);
        }
        return List.of("  ✓ " + TerminalText.plain(body));
    }

    /** Asked for by somebody, it is shown whole; what comes live later is only what is above it. */
    private List<String> history(JsonNode messages) {
        List<String> lines = new ArrayList<>();
        for (JsonNode message : messages) {
            long seq = message.path("seq").asLong();
            String from = message.path("from").asText();
            lines.add(text.line(
                    message.path("ts").asLong(), conversation, seq, TerminalText.plain(from) + told(message)));
            if (from.equals(me.value())) {
                ticks.sent(seq);
            } else if (seq > readable) {
                readable = seq;
            }
            shown = Math.max(shown, seq);
        }
        return lines;
    }

    private static String told(JsonNode message) {
        if (message.path("deleted").asBoolean()) {
            return " (deleted)";
        }
        String body = message.has("body")
                ? TerminalText.plain(message.path("body").asText())
                : "(" + message.path("bodyBase64").asText().length() * 3 / 4 + " bytes)";
        String kind = message.has("kind")
                ? " " + TerminalText.plain(message.path("kind").asText()) + " "
                : ": ";
        return kind + body + (message.has("edited") ? " (edited)" : "");
    }

    private static List<String> members(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        for (JsonNode member : answer.path("members")) {
            lines.add("  " + TerminalText.plain(member.path("user").asText()) + " ("
                    + TerminalText.plain(member.path("role").asText()) + ")");
        }
        return lines;
    }
}
