package dev.waggle.auth.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.waggle.auth.ConnectCheck;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Which MQTT client a token is for: one device ({@code device_id}), one client id ({@code client_id}, for things that
 * cannot choose theirs), or any device of the user (neither).
 */
record ClientBinding(@Nullable DeviceId device, @Nullable String clientId) {
    private static final int MAX_CLIENT_ID = 255;

    static Parsed<ClientBinding> read(JsonNode claims, ClaimRules rules, UserId user) {
        JsonNode device = claims.path(rules.device());
        JsonNode client = rules.clientIdOfMqtt() ? claims.path("client_id") : MissingNode.getInstance();
        if (device.isMissingNode() && client.isMissingNode()) {
            return Parsed.ok(new ClientBinding(null, null));
        }
        if (!device.isMissingNode() && !client.isMissingNode()) {
            return Parsed.bad("a token is for a device_id or for a client_id, not for both");
        }
        if (!device.isMissingNode()) {
            return device.isTextual()
                    ? DeviceId.parse(device.textValue()).then(id -> Parsed.ok(new ClientBinding(id, null)))
                    : Parsed.bad(rules.device() + " must be text");
        }
        return client.isTextual() ? clientId(client.textValue(), user) : Parsed.bad("client_id must be text");
    }

    private static Parsed<ClientBinding> clientId(String text, UserId user) {
        boolean printable = text.chars().allMatch(c -> c > 0x20 && c < 0x7F);
        if (text.isEmpty() || text.length() > MAX_CLIENT_ID || !printable) {
            return Parsed.bad("client_id must be 1 to " + MAX_CLIENT_ID + " printable ASCII characters");
        }
        if (text.startsWith(ConnectCheck.ANONYMOUS_PREFIX)) {
            return Parsed.bad("client_id must not begin with anon-, as those of clients without a token do");
        }
        // Such an id belongs to a device of that user: with it one could take over the user's connection.
        int dot = text.indexOf('.');
        boolean someDevice = dot > 0
                && UserId.parse(text.substring(0, dot)).isOk()
                && DeviceId.parse(text.substring(dot + 1)).isOk();
        return someDevice && !text.startsWith(user.value() + ".")
                ? Parsed.bad("client_id must not be the client id of another user's device")
                : Parsed.ok(new ClientBinding(null, text));
    }
}
