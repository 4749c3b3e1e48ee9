package dev.waggle.broker.host;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the host is to run.
 *
 * @param folder own folder of the host; its configuration is written there at every start
 * @param bind address to listen on, such as {@code 0.0.0.0}
 * @param mqtt port for MQTT over TCP, 0 = any free one, or null for none
 * @param webSocket port for MQTT over WebSocket at {@code /mqtt}, 0 = any free one, or null for none
 * @param tls listeners with TLS, or null for none
 * @param receiveMaximum unanswered publishes per MQTT 5 client, 1…65,535
 * @param maximumPacketSize largest packet in bytes, 15…268,435,460
 * @param maximumTopicLength longest topic in characters, 1…65,535
 * @param maximumSessionExpiry longest life of a session after its connection, at most 2^32 - 1 seconds
 * @param files true: ordinary retained and queued messages live in files, false: in memory
 */
public record HostSettings(
        Path folder,
        String bind,
        @Nullable Integer mqtt,
        @Nullable Integer webSocket,
        @Nullable HostTls tls,
        int receiveMaximum,
        int maximumPacketSize,
        int maximumTopicLength,
        Duration maximumSessionExpiry,
        boolean files) {

    public HostSettings {
        if (mqtt == null && webSocket == null) {
            throw new IllegalArgumentException("no listener: give mqtt or webSocket a port");
        }
        requireIn("mqtt", mqtt == null ? 0 : mqtt, 0, 65_535);
        requireIn("webSocket", webSocket == null ? 0 : webSocket, 0, 65_535);
        requireIn("receiveMaximum", receiveMaximum, 1, 65_535);
        requireIn("maximumPacketSize", maximumPacketSize, 15, 268_435_460);
        requireIn("maximumTopicLength", maximumTopicLength, 1, 65_535);
        requireIn("maximumSessionExpiry in seconds", maximumSessionExpiry.toSeconds(), 1, 0xFFFF_FFFFL);
    }

    private static void requireIn(String name, long value, long from, long to) {
        if (value < from || value > to) {
            throw new IllegalArgumentException(name + " is " + value + ", allowed is " + from + "…" + to);
        }
    }
}
