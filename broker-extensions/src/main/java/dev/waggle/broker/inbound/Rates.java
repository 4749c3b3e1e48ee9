package dev.waggle.broker.inbound;

import dev.waggle.auth.Identity;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;

/** How fast each user may send and call, over all its connections and over HTTP, and how fast each
 * address may connect. One for the process; any thread. */
public final class Rates {
    private static final long MICROS = 1_000;
    /** Some 10 MB. */
    private static final int MOST_NETWORKS = 100_000;

    private final Settings settings;
    private final InstantSource clock;
    private final ConcurrentHashMap<UserId, TokenBucket> sends = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, TokenBucket> connects = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<UserId, TokenBucket> calls = new ConcurrentHashMap<>();

    /**
     * The limits (PROTOCOL §6), each a setting.
     *
     * @param sends of a user
     * @param serviceSends of a user with role {@code service}
     * @param calls of a user, any role
     * @param now ephemerals of one device
     * @param connects new connections from one address
     */
    public record Settings(
            RateLimit sends, RateLimit serviceSends, RateLimit calls, RateLimit now, RateLimit connects) {
        public static Settings defaults() {
            return new Settings(
                    new RateLimit(20, 100),
                    new RateLimit(2_000, 10_000),
                    new RateLimit(20, 100),
                    new RateLimit(5, 10),
                    new RateLimit(200, 2_000));
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

    /**
     * @param address of the client, as text; of IPv6 the first half counts, for the second is anybody's to choose
     * @return 0 if it may connect now, else milliseconds to wait
     */
    public long takeConnect(String address) {
        String network = network(address);
        // A flood from very many networks shares one bucket instead of growing the table.
        String key = connects.size() < MOST_NETWORKS || connects.containsKey(network) ? network : "";
        return take(connects.computeIfAbsent(key, one -> new TokenBucket(settings.connects())));
    }

    private static String network(String address) {
        int end = -1;
        for (int part = 0; part < 4 && address.indexOf(':') >= 0; part++) {
            end = address.indexOf(':', end + 1);
            if (end < 0) {
                return address;
            }
        }
        return end < 0 ? address : address.substring(0, end);
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
        connects.values().removeIf(bucket -> bucket.isFull(now));
    }
}
