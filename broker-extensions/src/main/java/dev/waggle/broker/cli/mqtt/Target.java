package dev.waggle.broker.cli.mqtt;

import dev.waggle.broker.config.Secret;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;

/**
 * Whom to connect to, and as whom.
 *
 * @param durable true: the device is somebody's own, so its session is continued and kept; false: it is of this command
 *     alone and leaves nothing behind
 */
public record Target(String host, int port, UserId user, DeviceId device, boolean durable, Secret token) {

    String clientId() {
        return user + "." + device;
    }

    /** A topic or filter of the user: {@code u/{user}/} and the rest. */
    public String topic(String rest) {
        return "u/" + user + "/" + rest;
    }

    @Override
    public String toString() {
        return clientId() + " at " + host + ":" + port;
    }
}
