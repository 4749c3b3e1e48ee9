package dev.waggle.push.fcm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.push.Address;
import dev.waggle.push.Alert;
import dev.waggle.push.Cut;
import dev.waggle.push.Push;
import dev.waggle.spec.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a push. A data message always, which the app shows itself: what FCM would show could be collapsed, and such
 * messages are few a minute for each device. For the same reason there is never a collapse key: the app replaces what has
 * the same {@code thread}.
 */
final class FcmMessage {
    /** Of names and values of the data. */
    static final int MOST_BYTES = 4_096;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final long MOST_TTL_SECONDS = Duration.ofDays(28).toSeconds();

    private FcmMessage() {}

    /**
     * Cut to what FCM takes; empty if that cannot be done.
     *
     * @param now Unix milliseconds
     */
    static Optional<Bytes> of(Address.Fcm to, Push push, long now) {
        return Cut.toSize(push, MOST_BYTES, whole -> size(data(whole))).map(cut -> {
            ObjectNode message = message(to);
            ObjectNode values = message.putObject("data");
            data(cut).forEach(values::put);
            message.putObject("android")
                    .put("priority", push.kind().isShown() ? "high" : "normal")
                    .put("ttl", ttl(push, now) + "s");
            return request(message, false);
        });
    }

    /** A message that is not sent, for what FCM answers to it. */
    static Bytes check() {
        return request(message(new Address.Fcm("nobody", false)), true);
    }

    private static ObjectNode message(Address.Fcm to) {
        return JSON.objectNode().put(to.installation() ? "fid" : "token", to.value());
    }

    private static Bytes request(ObjectNode message, boolean validateOnly) {
        ObjectNode request = JSON.objectNode();
        if (validateOnly) {
            request.put("validateOnly", true);
        }
        request.set("message", message);
        return Bytes.utf8(request.toString());
    }

    /** 0: now or never. */
    private static long ttl(Push push, long now) {
        return push.expiresAt() <= now ? 0 : Math.min((push.expiresAt() - now) / 1_000, MOST_TTL_SECONDS);
    }

    private static Map<String, String> data(Push push) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("kind", push.kind().code());
        data.put("thread", push.thread());
        put(data, "conv", push.conversation());
        data.put("seq", Long.toString(push.seq()));
        data.put("count", Integer.toString(push.count()));
        data.put("id", push.id().toString());
        Alert alert = push.alert();
        if (alert != null) {
            put(data, "title", alert.title());
            data.put("body", alert.body());
            put(data, "loc_key", alert.bodyKey());
            putAll(data, "loc_args", alert.bodyArguments());
        }
        put(data, "badge", push.badge());
        put(data, "image", push.image());
        Bytes sealed = push.sealed();
        put(data, "enc", sealed == null ? null : Base64.getEncoder().encodeToString(sealed.shared()));
        putAll(data, "dismiss", push.dismiss());
        return data;
    }

    private static void put(Map<String, String> data, String name, @Nullable Object value) {
        if (value != null) {
            data.put(name, value.toString());
        }
    }

    /** Values are texts only: a list is JSON in one. */
    private static void putAll(Map<String, String> data, String name, List<String> values) {
        if (!values.isEmpty()) {
            ArrayNode list = JSON.arrayNode();
            values.forEach(list::add);
            data.put(name, list.toString());
        }
    }

    private static int size(Map<String, String> data) {
        return data.entrySet().stream()
                .mapToInt(field -> bytes(field.getKey()) + bytes(field.getValue()))
                .sum();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
