package dev.waggle.broker.session;

import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A connection as operators see it. Times are Unix milliseconds.
 *
 * @param device null for a thing with a client id of its own
 * @param address the client's, as the host saw it
 * @param since when it was let in
 * @param expires the end of its newest token
 * @param issuer of that token
 * @param tokenId of that token, for revoking it
 */
public record LiveSession(
        UserId user,
        @Nullable DeviceId device,
        String clientId,
        String address,
        long since,
        long expires,
        String issuer,
        String tokenId) {}
