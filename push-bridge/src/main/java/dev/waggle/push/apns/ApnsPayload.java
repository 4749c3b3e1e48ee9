package dev.waggle.push.apns;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.push.Alert;
import dev.waggle.push.Cut;
import dev.waggle.push.Push;
import dev.waggle.spec.Bytes;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The JSON of a push: {@code aps} as Apple defines it, the rest under {@code waggle} for the app. */
final class ApnsPayload {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ApnsPayload() {}

    /** Cut to what APNs takes; empty if that cannot be done. */
    static Optional<String> of(Push push, ApnsForm form) {
        return Cut.toSize(push, form.mostBytes(), whole -> text(whole, form).getBytes(StandardCharsets.UTF_8).length)
                .map(cut -> text(cut, form));
    }

    private static String text(Push push, ApnsForm form) {
        ObjectNode payload = JSON.objectNode();
        payload.set("aps", aps(push, form));
        payload.set("waggle", own(push, form));
        return payload.toString();
    }

    private static ObjectNode aps(Push push, ApnsForm form) {
        ObjectNode aps = JSON.objectNode();
        if (form == ApnsForm.BACKGROUND) {
            // Nothing else may stand beside it.
            return aps.put("content-available", 1);
        }
        Integer badge = push.badge();
        if (badge != null) {
            aps.put("badge", badge);
        }
        Alert alert = push.alert();
        if (alert != null && form != ApnsForm.BADGE) {
            aps.set("alert", alert(alert));
            aps.put("sound", "default");
            aps.put("thread-id", push.thread());
            if (push.sealed() != null || push.image() != null) {
                aps.put("mutable-content", 1);
            }
        }
        return aps;
    }

    private static ObjectNode alert(Alert alert) {
        ObjectNode node = JSON.objectNode();
        String title = alert.title();
        if (title != null) {
            node.put("title", title);
        }
        String bodyKey = alert.bodyKey();
        if (bodyKey == null) {
            node.put("body", alert.body());
        } else {
            node.put("loc-key", bodyKey);
            alert.bodyArguments().forEach(node.putArray("loc-args")::add);
        }
        return node;
    }

    private static ObjectNode own(Push push, ApnsForm form) {
        ObjectNode own = JSON.objectNode();
        own.put("kind", push.kind().code());
        own.put("thread", push.thread());
        String conversation = push.conversation();
        if (conversation != null) {
            own.put("conv", conversation);
        }
        own.put("seq", push.seq());
        own.put("count", push.count());
        own.put("id", push.id().toString());
        Bytes sealed = push.sealed();
        if (sealed != null) {
            own.put("enc", Base64.getEncoder().encodeToString(sealed.shared()));
        }
        URI image = push.image();
        if (image != null) {
            own.put("image", image.toString());
        }
        Integer badge = push.badge();
        if (badge != null && form == ApnsForm.BACKGROUND) {
            own.put("badge", badge);
        }
        if (!push.dismiss().isEmpty()) {
            push.dismiss().forEach(own.putArray("dismiss")::add);
        }
        return own;
    }
}
