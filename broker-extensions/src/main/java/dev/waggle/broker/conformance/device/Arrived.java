package dev.waggle.broker.conformance.device;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;

/**
 * One PUBLISH that a device got. Levels of its topic are taken by their place, so that nothing here leans on the code that
 * made them.
 *
 * @param text the payload read as UTF-8
 * @param hex the payload's bytes
 * @param packetId 0 at QoS 0
 * @param properties what only MQTT 5 has
 */
public record Arrived(
        String topic, String text, String hex, int qos, boolean dup, int packetId, Properties properties) {

    /**
     * @param contentType empty if there was none
     * @param correlation Correlation Data read as UTF-8; empty if there was none
     */
    public record Properties(
            String contentType,
            String correlation,
            boolean utf8,
            Map<String, String> user,
            List<Integer> subscriptionIds) {

        static final Properties NONE = new Properties("", "", false, Map.of(), List.of());
    }

    /** {@code in}, {@code ev}, {@code gap}, {@code sent} …: the third level. */
    public String kind() {
        return level(2);
    }

    /** {@code d/bob}, {@code g/team}. */
    public String conversation() {
        return level(3) + "/" + level(4);
    }

    /** Of an {@code ev}: {@code member}, {@code edit} … */
    public String event() {
        return level(5);
    }

    public String from() {
        return kind().equals("ev") ? level(6) : level(5);
    }

    /** @return -1 if the topic has no number there */
    public long seq() {
        return number(kind().equals("ev") ? level(7) : level(6));
    }

    /** @return -1 if the topic has no time there */
    public long time() {
        return number(kind().equals("ev") ? level(8) : level(7));
    }

    /** The payload as JSON. */
    public JsonNode json() throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }

    private String level(int index) {
        String[] levels = topic.split("/", -1);
        return index < levels.length ? levels[index] : "";
    }

    private static long number(String text) {
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
    }

    @Override
    public String toString() {
        return topic + (dup ? " (DUP)" : "");
    }
}
