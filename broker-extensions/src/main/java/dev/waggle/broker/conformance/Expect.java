package dev.waggle.broker.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.broker.conformance.device.Answer;
import dev.waggle.broker.conformance.device.Arrived;
import dev.waggle.broker.conformance.device.Greeting;
import dev.waggle.broker.conformance.device.SentenceBroken;
import java.util.Objects;

/** What checks demand. */
public final class Expect {

    private Expect() {}

    public static void that(boolean holds, String otherwise) throws SentenceBroken {
        if (!holds) {
            throw new SentenceBroken(otherwise);
        }
    }

    public static void equal(Object expected, Object actual, String what) throws SentenceBroken {
        that(Objects.equals(expected, actual), what + ": " + actual + " instead of " + expected);
    }

    /** A publish was refused with this reason code, and with words. */
    public static void refused(int code, Answer answer, String what) throws SentenceBroken {
        that(answer.code() == code, what + " was answered " + answer + " instead of 0x%02X".formatted(code));
        that(!answer.reason().isBlank(), what + " was refused without a reason string");
    }

    /** A CONNECT was answered with this code. */
    public static void refused(int code, Greeting greeting, String what) throws SentenceBroken {
        that(greeting.code() == code, what + " was answered " + greeting + " instead of 0x%02X".formatted(code));
    }

    /** A call was answered with an error of this code. */
    public static void error(String code, JsonNode answer) throws SentenceBroken {
        equal(code, answer.path("error").path("code").asText(), "error code in " + answer);
    }

    /** A call was answered, and not with an error. */
    public static JsonNode ok(JsonNode answer) throws SentenceBroken {
        that(!answer.has("error"), "a call was answered " + answer);
        return answer;
    }

    /** A message with this text arrived. */
    public static Arrived message(String text, Arrived arrived) throws SentenceBroken {
        that(
                arrived.kind().equals("in") && arrived.text().equals(text),
                "got " + arrived + " instead of the message '" + text + "'");
        return arrived;
    }

    /** An event of this kind arrived. */
    public static Arrived event(String kind, Arrived arrived) throws SentenceBroken {
        that(
                arrived.kind().equals("ev") && arrived.event().equals(kind),
                "got " + arrived + " instead of an event '" + kind + "'");
        return arrived;
    }

    /** A gap arrived for this conversation and these seqs. */
    public static void gap(String conversation, long from, long to, Arrived arrived) throws SentenceBroken {
        that(
                arrived.kind().equals("gap") && arrived.conversation().equals(conversation),
                "got " + arrived + " instead of a gap of " + conversation);
        equal("{\"from\":" + from + ",\"to\":" + to + "}", arrived.text().replace(" ", ""), "the gap");
    }
}
