package dev.waggle.broker.cli.mqtt;

import dev.waggle.spec.Author;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.UserId;
import dev.waggle.spec.topic.ServerTopic;
import dev.waggle.spec.topic.ServerTopicParser;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** One arrival as one line for a terminal. */
public final class ArrivalText {

    private final UserId me;
    private final DateTimeFormatter time;

    public ArrivalText(UserId me, ZoneId zone) {
        this.me = me;
        this.time = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(zone);
    }

    public String line(Arrival arrival) {
        return line(arrival.topic(), arrival.textOrLength());
    }

    /** @param text anything */
    public String line(String topic, String text) {
        String body = TerminalText.plain(text);
        return ServerTopicParser.parse(me, topic)
                .fold(known -> line(known, topic, body), unknown -> TerminalText.plain(topic) + " " + body);
    }

    /** @param rest author and body as they are to be printed */
    public String line(long ts, ConversationName conversation, long seq, String rest) {
        return head(ts, conversation, seq) + " " + rest;
    }

    private String line(ServerTopic topic, String name, String body) {
        if (topic instanceof ServerTopic.In message) {
            return head(message.ts(), message.conv(), message.seq()) + " " + from(message.from()) + ": " + body;
        } else if (topic instanceof ServerTopic.Ev event) {
            return head(event.ts(), event.conv(), event.seq()) + " " + from(event.from()) + " " + event.kind() + " "
                    + body;
        } else if (topic instanceof ServerTopic.Gap gap) {
            return gap.conv() + " gap " + body;
        } else if (topic instanceof ServerTopic.Mark mark) {
            return mark.conv() + " delivered, read " + body;
        }
        return name + " " + body;
    }

    private String head(long ts, ConversationName conversation, long seq) {
        return time.format(Instant.ofEpochMilli(ts)) + " " + conversation + " #" + seq;
    }

    private static String from(Author author) {
        return author.toString();
    }
}
