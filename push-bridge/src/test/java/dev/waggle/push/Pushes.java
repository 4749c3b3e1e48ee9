package dev.waggle.push;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Pushes for tests. */
public final class Pushes {
    public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    public static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000001");

    private Pushes() {}

    /** One that says all that can be said. */
    public static Push full() {
        return new Push(
                ID,
                new UserId("alice"),
                new DeviceId("phone"),
                Push.Kind.MENTION,
                "t1",
                "d/bob",
                7,
                2,
                new Alert("Bob", "Hello Alice", "MESSAGE_FROM", List.of("Bob")),
                Bytes.utf8("sealed"),
                URI.create("https://media.example/i.png"),
                3,
                List.of("t2"),
                NOW.plus(Duration.ofMinutes(10)).toEpochMilli());
    }

    /** One that shows a text and says nothing else. */
    public static Push message(String body) {
        return of(Push.Kind.MESSAGE, Alert.of(null, body));
    }

    public static Push update() {
        return of(Push.Kind.UPDATE, null);
    }

    private static Push of(Push.Kind kind, Alert alert) {
        return expiring(kind, alert, NOW.plus(Duration.ofHours(1)));
    }

    /** One that is of no use after that. */
    public static Push expiring(Instant end) {
        return expiring(Push.Kind.MESSAGE, Alert.of(null, "hello"), end);
    }

    private static Push expiring(Push.Kind kind, Alert alert, Instant end) {
        return new Push(
                ID,
                new UserId("alice"),
                new DeviceId("phone"),
                kind,
                "t1",
                null,
                0,
                kind.isShown() ? 1 : 0,
                alert,
                null,
                null,
                null,
                List.of(),
                end.toEpochMilli());
    }
}
