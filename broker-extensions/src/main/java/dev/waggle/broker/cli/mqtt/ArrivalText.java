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
import java.util.Optional;

/** One arrival as one line for a terminal. */
public final class ArrivalText {

    private final UserId me;
    private final DateTimeFormatter time;

    public ArrivalText(UserId me, ZoneId zone) {
        this.me = me;
        this.time = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(zone);
    }

    public String line(Arrival arrival) {
        String body = arrival.text().map(TerminalText::plain).orElseGet(() -> "(" + arrival.body().length + " bytes)");
        return ServerTopicParser.parse(me, arrival.topic())
                .fold(
                        topic -> line(topic, arrival.topic(), body),
                        unknown -> TerminalText.plain(arrival.topic()) + " " + body);
    }

    /** The conversation an arrival belongs to, if it belongs to one. */
    public Optional<ConversationName> conversation(Arrival arrival) {
        return ServerTopicParser.parse(me, arrival.topic())
                .fold(ArrivalText::conversation, unknown -> Optional.empty());
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

    private static Optional<ConversationName> conversation(ServerTopic topic) {
        if (topic instanceof ServerTopic.In message) {
            return Optional.of(message.conv());
        } else if (topic instanceof ServerTopic.Ev event) {
            return Optional.of(event.conv());
        } else if (topic instanceof ServerTopic.Gap gap) {
            return Optional.of(gap.conv());
        } else if (topic instanceof ServerTopic.Mark mark) {
            return Optional.of(mark.conv());
        }
        return Optional.empty();
    }
}
