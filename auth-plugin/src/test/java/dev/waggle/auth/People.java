package dev.waggle.auth;

import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import org.jspecify.annotations.Nullable;

/** Identities for tests. */
final class People {
    private People() {}

    static Identity user(String user, @Nullable String device) {
        return identity(user, device, null, Actor.Role.USER);
    }

    static Identity thing(String user, String clientId) {
        return identity(user, null, clientId, Actor.Role.USER);
    }

    static Identity admin(String user) {
        return identity(user, null, null, Actor.Role.ADMIN);
    }

    private static Identity identity(String user, @Nullable String device, @Nullable String clientId, Actor.Role role) {
        DeviceId id = device == null ? null : new DeviceId(device);
        return new Identity(
                new UserId(user),
                id,
                clientId,
                null,
                role,
                "waggle:local",
                1_900_000_000_000L,
                2_000_000_000_000L,
                "t1");
    }
}
