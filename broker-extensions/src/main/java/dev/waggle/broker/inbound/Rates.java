package dev.waggle.broker.inbound;

import dev.waggle.auth.Identity;
import dev.waggle.auth.limit.Network;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How fast each user may send, call, subscribe and publish elsewhere, over all its connections and over HTTP, and how fast
 * each device and each network may connect. One for the process; any thread.
 */
public final class Rates {
    private static final long MICROS = 1_000;
    /** Some 10 MB. A flood from more networks shares one bucket instead of growing the table. */
    private static final int MOST_NETWORKS = 100_000;

    /** A token lives for minutes at least; each new one costs a verification. */
    private static final RateLimit RENEWALS = new RateLimit(1, 20);

    /** Each costs as much as a message that is stored; who is told so often and goes on does not listen. */
    private static final RateLimit REFUSALS = new RateLimit(100, 500);

    private static final Network OTHERS = new Network("others");

    private final Settings settings;
    private final InstantSource clock;
    private final Buckets<UserId> sends;
    private final Buckets<UserId> serviceSends;
    private final Buckets<UserId> reads;
    private final Buckets<UserId> calls;
    private final Buckets<UserId> ordinary;
    private final Buckets<UserId> filters;
    private final Buckets<UserId> renewals;
    private final Buckets<UserId> refusals;
    private final Buckets<String> devices;
    private final Buckets<Network> networks;

    /**
     * The limits (PROTOCOL §6), each a setting.
     *
     * @param sends of a user
     * @param serviceSends of a user with role {@code service}
     * @param calls of a user, any role
     * @param now ephemerals of one device
     * @param connects new connections from one network
     * @param deviceConnects new connections of one device
     * @param ordinary publishes of a user on ordinary topics
     * @param filters subscriptions of a user, ended ones too
     */
    public record Settings(
            RateLimit sends,
            RateLimit serviceSends,
            RateLimit calls,
            RateLimit now,
            RateLimit connects,
            RateLimit deviceConnects,
            RateLimit ordinary,
            RateLimit filters) {
        public static Settings defaults() {
            return new Settings(
                    new RateLimit(20, 100),
                    new RateLimit(2_000, 10_000),
                    new RateLimit(20, 100),
                    new RateLimit(5, 10),
                    new RateLimit(200, 2_000),
                    new RateLimit(5, 200),
                    new RateLimit(1_000, 5_000),
                    new RateLimit(20, 500));
        }

        /** The same for everything. */
        public static Settings all(RateLimit limit) {
            return new Settings(limit, limit, limit, limit, limit, limit, limit, limit);
        }
    }

    public Rates(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.sends = new Buckets<>("limits.sends", settings.sends());
        this.serviceSends = new Buckets<>("limits.service.sends", settings.serviceSends());
        this.reads = new Buckets<>("limits.sends", settings.sends());
        this.calls = new Buckets<>("limits.calls", settings.calls());
        this.ordinary = new Buckets<>("limits.ordinary", settings.ordinary());
        this.filters = new Buckets<>("limits.filters", settings.filters());
        this.renewals = new Buckets<>("renewals", RENEWALS);
        this.refusals = new Buckets<>("refusals", REFUSALS);
        this.devices = new Buckets<>("limits.deviceConnects", settings.deviceConnects());
        this.networks = new Buckets<>("limits.connects", settings.connects());
    }

    /** A bucket for each that has used it of late. */
    private final class Buckets<K> {
        private final String name;
        private final RateLimit limit;
        private final ConcurrentHashMap<K, TokenBucket> buckets = new ConcurrentHashMap<>();

        Buckets(String name, RateLimit limit) {
            this.name = name;
            this.limit = limit;
        }

        @Nullable
        OverLimit take(K key) {
            return over(bucket(key).take(clock.millis() * MICROS));
        }

        /** It has happened already. */
        @Nullable
        OverLimit charge(K key) {
            return over(bucket(key).charge(clock.millis() * MICROS));
        }

        private TokenBucket bucket(K key) {
            return buckets.computeIfAbsent(key, one -> new TokenBucket(limit));
        }

        private @Nullable OverLimit over(long waitMicros) {
            return waitMicros == 0 ? null : new OverLimit(name, limit, millis(waitMicros));
        }

        void sweep(long nowMicros) {
            buckets.values().removeIf(bucket -> bucket.isFull(nowMicros));
        }
    }

    /** @return null if the user may send a message now */
    public @Nullable OverLimit takeSend(Identity identity) {
        return (identity.role() == Actor.Role.SERVICE ? serviceSends : sends).take(identity.user());
    }

    /** @return null if the user may mark something as read now: as often as it may send, counted apart */
    public @Nullable OverLimit takeRead(Identity identity) {
        return reads.take(identity.user());
    }

    /** @return null if the user may make a call now */
    public @Nullable OverLimit takeCall(Identity identity) {
        return calls.take(identity.user());
    }

    /** @return null if the user may go on publishing to ordinary topics at once */
    public @Nullable OverLimit takeOrdinary(Identity identity) {
        return ordinary.charge(identity.user());
    }

    /** @return null if the user may go on changing its subscriptions at once */
    public @Nullable OverLimit takeFilters(Identity identity) {
        return filters.charge(identity.user());
    }

    /** @return null if the user may go on renewing tokens on live connections at once */
    public @Nullable OverLimit takeRenewal(Identity identity) {
        return renewals.charge(identity.user());
    }

    /** @return null if the user may be refused more publishes at once */
    public @Nullable OverLimit takeRefusal(Identity identity) {
        return refusals.charge(identity.user());
    }

    /** @return null if a client may connect from there now */
    public @Nullable OverLimit takeConnect(Network network) {
        boolean room = networks.buckets.size() < MOST_NETWORKS || networks.buckets.containsKey(network);
        return networks.take(room ? network : OTHERS);
    }

    /**
     * @param clientId of a client whose token is good
     * @return null if it may connect now
     */
    public @Nullable OverLimit takeDeviceConnect(String clientId) {
        return devices.take(clientId);
    }

    TokenBucket nowBucket() {
        return new TokenBucket(settings.now());
    }

    @Nullable
    OverLimit takeNow(TokenBucket bucket) {
        long wait = bucket.take(clock.millis() * MICROS);
        return wait == 0 ? null : new OverLimit("limits.now", settings.now(), millis(wait));
    }

    private static long millis(long micros) {
        return (micros + MICROS - 1) / MICROS;
    }

    /** Forgets those whose buckets are full: to be called now and then. */
    public void sweep() {
        long now = clock.millis() * MICROS;
        for (Buckets<?> each :
                List.of(sends, serviceSends, reads, calls, ordinary, filters, renewals, refusals, devices, networks)) {
            each.sweep(now);
        }
    }
}
