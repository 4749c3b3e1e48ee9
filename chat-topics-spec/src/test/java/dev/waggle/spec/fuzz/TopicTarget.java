package dev.waggle.spec.fuzz;

import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import dev.waggle.spec.topic.ServerTopic;
import dev.waggle.spec.topic.ServerTopicParser;
import dev.waggle.spec.topic.TopicFilters;
import dev.waggle.spec.topic.TopicFormatter;
import dev.waggle.spec.topic.TopicParser;
import dev.waggle.spec.topic.TopicReading;
import java.nio.charset.StandardCharsets;

/**
 * Any text as a topic: nothing throws, and what is read is written again letter by letter, so that a topic has one
 * meaning and a meaning one topic. The input is UTF-8, or UTF-16 behind a byte 1.
 */
public final class TopicTarget {
    private static final UserId ME = new UserId("alice");
    private static final int MAX_BYTES = 512;

    private TopicTarget() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        boolean wide = input.length > 0 && input[0] == 1;
        check(
                wide
                        ? new String(input, 1, input.length - 1, StandardCharsets.UTF_16BE)
                        : new String(input, StandardCharsets.UTF_8));
    }

    private static void check(String topic) {
        TopicReading reading = TopicParser.parse(ME, topic);
        if (reading instanceof TopicReading.Good good) {
            same(topic, TopicFormatter.format(ME, good.topic()));
            legal(topic);
        }
        if (reading instanceof TopicReading.Ordinary) {
            legal(topic);
            holds(!topic.startsWith("u/"), "an ordinary topic below u/", topic);
        }
        Parsed<ServerTopic> heard = ServerTopicParser.parse(ME, topic);
        if (heard instanceof Parsed.Ok<ServerTopic> ok) {
            same(topic, TopicFormatter.format(ME, ok.value()));
            legal(topic);
        }
        if (TopicParser.isReplyTopic(ME, topic, MAX_BYTES)) {
            holds(topic.startsWith("u/alice/reply/"), "a reply topic of another", topic);
            holds(topic.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES, "a long reply topic", topic);
            legal(topic);
        }
    }

    private static void same(String topic, String again) {
        holds(topic.equals(again), "written again as " + again, topic);
    }

    private static void legal(String topic) {
        holds(TopicFilters.name(topic, TopicFilters.MAX_BYTES).isOk(), "taken, but no topic name", topic);
    }

    private static void holds(boolean property, String what, String topic) {
        if (!property) {
            throw new AssertionError(what + ": " + topic);
        }
    }
}
