package dev.waggle.broker.inbound;

import dev.waggle.auth.Identity;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;

/** How fast each user may send and call, over all its connections and over HTTP. One for the process; any thread. */
public final class Rates {
    private static final long MICROS = 1_000;

    private final Settings settings;
    private final InstantSource clock;
    private final ConcurrentHashMap<UserId, TokenBucket> sends = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<UserId, TokenBucket> calls = new ConcurrentHashMap<>();

    /**
     * The limits (PROTOCOL §6), each a setting.
     *
     * @param sends of a user
     * @param serviceSends of a user with role {@code service}
     * @param calls of a user, any role
     * @param now ephemerals of one device
     */
    public record Settings(RateLimit sends, RateLimit serviceSends, RateLimit calls, RateLimit now) {
        public static Settings defaults() {
            return new Settings(
                    new RateLimit(20, 100), new RateLimit(2_000, 10_000), new RateLimit(20, 100), new RateLimit(5, 10));
        }
    }

    public Rates(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** @return 0 if the user may send a message now, else milliseconds to wait */
    public long takeSend(Identity identity) {
        RateLimit limit = identity.role() == Actor.Role.SERVICE ? settings.serviceSends() : settings.sends();
        return take(sends.computeIfAbsent(identity.user(), user -> new TokenBucket(limit)));
    }

    /** @return 0 if the user may make a call now, else milliseconds to wait */
    public long takeCall(Identity identity) {
        return take(calls.computeIfAbsent(identity.user(), user -> new TokenBucket(settings.calls())));
    }

    TokenBucket nowBucket() {
        return new TokenBucket(settings.now());
    }

    long take(TokenBucket bucket) {
        long wait = bucket.take(clock.millis() * MICROS);
        return (wait + MICROS - 1) / MICROS;
    }

    /** Forgets the users whose buckets are full: to be called now and then. */
    public void sweep() {
        long now = clock.millis() * MICROS;
        sends.values().removeIf(bucket -> bucket.isFull(now));
        calls.values().removeIf(bucket -> bucket.isFull(now));
    }
}
