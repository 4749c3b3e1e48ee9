package dev.waggle.broker.it;

import dev.waggle.auth.jwt.LocalIssuer;
import dev.waggle.auth.jwt.LocalKeys;
import dev.waggle.auth.jwt.TokenRequest;
import dev.waggle.broker.Endpoints;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** A running broker as clients see it, in this process or in another: where it listens, and tokens for it. */
interface Reachable {

    Endpoints endpoints();

    /** Its data directory, where the key of the local issuer lies. */
    Path data();

    default String mqtt() {
        return "tcp://127.0.0.1:" + mqttPort();
    }

    default int mqttPort() {
        return endpoints().mqtt().port();
    }

    default String ws() {
        return "ws://127.0.0.1:" + endpoints().ws().port() + "/mqtt";
    }

    default String http() {
        return "http://127.0.0.1:" + endpoints().http().port();
    }

    default String admin() {
        return "http://127.0.0.1:" + endpoints().admin().port();
    }

    default String token(String user, String device) {
        return token(user, device, Actor.Role.USER, Duration.ofMinutes(10));
    }

    default String token(String user, String device, Duration lifetime) {
        return token(user, device, Actor.Role.USER, lifetime);
    }

    /** @param role {@code SERVICE} may send faster than people do */
    default String token(String user, String device, Actor.Role role, Duration lifetime) {
        return issuer().token(TokenRequest.of(new UserId(user), new DeviceId(device), role, lifetime));
    }

    /** Any token of the local issuer. */
    default String token(TokenRequest request) {
        return issuer().token(request);
    }

    /** One for each user and this device, for an hour. */
    default List<String> tokens(List<String> users, String device) {
        return issuer().tokens(users.stream()
                .map(user ->
                        TokenRequest.of(new UserId(user), new DeviceId(device), Actor.Role.USER, Duration.ofHours(1)))
                .toList());
    }

    private LocalIssuer issuer() {
        LocalKeys keys = LocalKeys.open(data(), new SecureRandom()).get();
        return new LocalIssuer(keys, LocalIssuer.DEFAULT_NAME, Clock.systemUTC(), new SecureRandom());
    }
}
