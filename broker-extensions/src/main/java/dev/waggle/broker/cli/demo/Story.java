package dev.waggle.broker.cli.demo;

import dev.waggle.broker.cli.local.CommandFailed;
import dev.waggle.broker.cli.mqtt.Arrival;
import dev.waggle.broker.cli.mqtt.MqttSession;
import dev.waggle.broker.cli.mqtt.Target;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** What happens in the demonstration, and the record of what the broker acknowledged, which is what must be seen. */
final class Story {

    static final String GROUP = "g/picnic";

    private static final Duration ANSWER = Duration.ofSeconds(10);

    /** A message that was acknowledged with its number. */
    record Sent(Device by, String to, long seq, String text) {}

    private final PrintStream out;
    private final Map<String, Device> devices = new LinkedHashMap<>();
    private final List<Sent> acknowledged = new CopyOnWriteArrayList<>();

    Story(PrintStream out) {
        this.out = out;
    }

    void add(String name, Device device) {
        devices.put(name, device);
    }

    List<Device> devices() {
        return List.copyOf(devices.values());
    }

    List<Sent> acknowledged() {
        return List.copyOf(acknowledged);
    }

    void tell(String what) {
        out.println("· " + what);
    }

    /** @param by a connection of its own: the answer comes to it alone, the devices' subscriptions stay as they are */
    void makeGroup(Target by, String members) throws CommandFailed, InterruptedException {
        String json = "{\"group\":\"%s\",\"name\":\"Picnic\",\"members\":[%s]}".formatted(GROUP.substring(2), members);
        try (MqttSession session = MqttSession.open(by)) {
            Arrival answer = session.call("group.create", json.getBytes(StandardCharsets.UTF_8), ANSWER);
            String text = answer.text().orElse("");
            if (!text.contains("\"seq\"")) {
                throw new CommandFailed("group.create was answered with " + text);
            }
        }
    }

    /** Sends and writes the acknowledgement down. */
    void say(String by, String to, String text) throws CommandFailed, InterruptedException {
        send(by, to, text, key(by, to, text));
    }

    /**
     * Sends once more what was sent before, with the same key: the broker answers with the same number and stores
     * nothing.
     */
    boolean repeat(Sent sent) throws CommandFailed, InterruptedException {
        byte[] body = sent.text().getBytes(StandardCharsets.UTF_8);
        String by = nameOf(sent.by());
        return sent.by()
                        .session()
                        .send(sent.to(), body, key(by, sent.to(), sent.text()))
                        .orElse(0L)
                == sent.seq();
    }

    private void send(String by, String to, String text, byte[] key) throws CommandFailed, InterruptedException {
        Device device = device(by);
        MqttSession session = device.session();
        long seq = session.send(to, text.getBytes(StandardCharsets.UTF_8), key)
                .orElseThrow(() -> new CommandFailed("the acknowledgement carried no seq"));
        acknowledged.add(new Sent(device, to, seq, text));
    }

    Device device(String name) {
        Device device = devices.get(name);
        if (device == null) {
            throw new IllegalArgumentException("no device " + name);
        }
        return device;
    }

    private String nameOf(Device device) {
        return devices.entrySet().stream()
                .filter(entry -> entry.getValue() == device)
                .findFirst()
                .map(Map.Entry::getKey)
                .orElseThrow();
    }

    /** The same text in the same conversation by the same device is the same message: each is said once. */
    private static byte[] key(String by, String to, String text) {
        return Integer.toHexString((by + '\n' + to + '\n' + text).hashCode()).getBytes(StandardCharsets.US_ASCII);
    }
}
