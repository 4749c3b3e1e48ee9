package dev.waggle.broker.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.eclipse.paho.mqttv5.common.MqttException;

/** A stock MQTT 5 device that calls methods over MQTT and looks at what it hears of groups. */
final class GroupDevice implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(20);

    final Device5 device;
    private final String user;
    /** Ids of calls are idempotency keys, so another device of the user must not use the same. */
    private final String life = Long.toHexString(System.nanoTime());

    private int calls;

    /** Connected as a service, which may ask faster than people do, and subscribed to everything of its user's. */
    GroupDevice(Reachable broker, String user) throws MqttException {
        this.user = user;
        this.device = new Device5(broker, user, "phone").asService().connect().subscribe();
    }

    String user() {
        return user;
    }

    /** The answer of a method; a refusal has {@code error}. */
    JsonNode call(String method, String json) throws MqttException, IOException {
        String id = life + "-" + ++calls;
        String reply = "u/" + user + "/reply/" + method + "/" + id;
        device.publish("u/" + user + "/call/" + method + "/" + id, json, null);
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .atMost(SOON)
                .until(() -> device.arrived.stream().anyMatch(one -> one.topic().equals(reply)));
        Arrived answer = device.arrived.stream()
                .filter(one -> one.topic().equals(reply))
                .findFirst()
                .orElseThrow();
        device.arrived.removeIf(one -> one.topic().startsWith("u/" + user + "/reply/"));
        return new ObjectMapper().readTree(answer.text());
    }

    /** The code of the refusal, or empty. */
    String refusal(String method, String json) throws MqttException, IOException {
        return call(method, json).path("error").path("code").asText();
    }

    /** Calls something that must not be refused. */
    JsonNode done(String method, String json) throws MqttException, IOException {
        JsonNode answer = call(method, json);
        if (answer.has("error")) {
            throw new AssertionError(user + " " + method + " " + json + ": " + answer);
        }
        return answer;
    }

    /** What came of a group, in its order: {@code in 2}, {@code gap}, or {@code member 3 {"left":…}}. */
    List<String> heard(String group) {
        return device.arrived.stream()
                .filter(one -> one.topic().matches("u/" + user + "/(in|ev|gap)/g/" + group + "(/.*)?"))
                .map(GroupDevice::line)
                .toList();
    }

    /** Waits until so much came of a group. */
    List<String> heard(String group, int count) {
        Awaitility.await().atMost(SOON).until(() -> heard(group).size() >= count);
        return heard(group);
    }

    private static String line(Arrived one) {
        String[] levels = one.topic().split("/");
        return switch (levels[2]) {
            case "in" -> "in " + levels[6] + " " + one.text();
            case "ev" -> levels[5] + " " + levels[7] + " " + one.text();
            default -> "gap " + one.text();
        };
    }

    @Override
    public void close() throws MqttException {
        device.close();
    }
}
