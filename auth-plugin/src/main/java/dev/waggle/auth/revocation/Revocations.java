package dev.waggle.auth.revocation;

import dev.waggle.auth.Identity;
import dev.waggle.auth.Standing;
import dev.waggle.auth.Standings;
import dev.waggle.auth.revocation.Key.Kind;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The table of what no longer counts, in memory. Bounded: a kind that is full takes nothing new, and nothing that still
 * matters is ever dropped. Any thread; asking takes no lock, changing takes one for a moment.
 */
public final class Revocations implements Standings {
    /** Of one kind; about 300 bytes each. Whoever has to revoke more tokens revokes their users'. */
    public static final int MOST = 100_000;

    private final Map<Kind, ConcurrentHashMap<Key, Revocation>> kinds = new EnumMap<>(Kind.class);
    private final AtomicLong changes = new AtomicLong();
    private final int most;

    public Revocations() {
        this(MOST);
    }

    Revocations(int most) {
        this.most = most;
        for (Kind kind : Kind.values()) {
            kinds.put(kind, new ConcurrentHashMap<>());
        }
    }

    /** Also of who acts for the user: an agent whose tokens were taken back acts for nobody. */
    @Override
    public Standing of(Identity identity) {
        if (covers(Kind.DISABLED, Key.disabled(identity.user()), identity) || agentIsIn(Kind.DISABLED, identity)) {
            return Standing.DISABLED;
        }
        DeviceId device = identity.device();
        boolean revoked = covers(Kind.TOKEN, Key.token(identity.issuer(), identity.tokenId()), identity)
                || covers(Kind.USER, Key.user(identity.user()), identity)
                || agentIsIn(Kind.USER, identity)
                || (device != null && covers(Kind.DEVICE, Key.device(identity.user(), device), identity))
                || covers(Kind.LOG_INS, Key.logIns(identity.user(), null), identity)
                || (device != null && covers(Kind.LOG_INS, Key.logIns(identity.user(), device), identity));
        return revoked ? Standing.REVOKED : Standing.GOOD;
    }

    /**
     * From when on a token that a log-in gives is good, Unix milliseconds: at most the next whole second, for {@code iat} has
     * no parts of seconds.
     */
    public long goodFrom(UserId user, DeviceId device) {
        return Stream.of(Key.user(user), Key.device(user, device), Key.logIns(user, null), Key.logIns(user, device))
                .map(key -> kind(key.kind()).get(key))
                .mapToLong(found -> found == null ? 0 : validAfter(found))
                .max()
                .orElse(0);
    }

    private boolean agentIsIn(Kind kind, Identity identity) {
        UserId agent = identity.agent();
        if (agent == null) {
            return false;
        }
        Key key = kind == Kind.DISABLED ? Key.disabled(agent) : Key.user(agent);
        Revocation found = kind(kind).get(key);
        return found instanceof Revocation.Disabled
                || found instanceof Revocation.OfUser user && identity.issuedAt() < user.validAfter();
    }

    private static long validAfter(Revocation revocation) {
        if (revocation instanceof Revocation.OfUser user) {
            return user.validAfter();
        }
        if (revocation instanceof Revocation.OfDevice device) {
            return device.validAfter();
        }
        return revocation instanceof Revocation.OfLogIns logIns ? logIns.validAfter() : 0;
    }

    private boolean covers(Kind kind, Key key, Identity identity) {
        Revocation found = kind(kind).get(key);
        return found != null && found.covers(identity);
    }

    /**
     * From now on it holds.
     *
     * @return what holds now, which may last longer than what was given; empty if there is no room: nothing changed
     */
    synchronized Optional<Revocation> add(Revocation revocation) {
        Map<Key, Revocation> kind = kind(revocation.key().kind());
        if (kind.size() >= most && !kind.containsKey(revocation.key())) {
            return Optional.empty();
        }
        return Optional.of(keep(revocation));
    }

    /** What was kept over a restart, whatever the limit says now. */
    synchronized Revocation keep(Revocation revocation) {
        Key key = revocation.key();
        Revocation before = kind(key.kind()).get(key);
        if (before != null && before.until() >= revocation.until()) {
            return before;
        }
        kind(key.kind()).put(key, revocation);
        changes.incrementAndGet();
        return revocation;
    }

    synchronized void drop(Key key) {
        kind(key.kind()).remove(key);
    }

    synchronized void dropExpired(Key key, long nowMillis) {
        if (isExpired(key, nowMillis)) {
            drop(key);
        }
    }

    boolean isExpired(Key key, long nowMillis) {
        Revocation found = kind(key.kind()).get(key);
        return found != null && found.until() <= nowMillis;
    }

    /** At most so many keys of revocations that speak of no good token any more; Unix milliseconds. */
    List<Key> expired(long nowMillis, int limit) {
        return kinds.values().stream()
                .flatMap(kind -> kind.values().stream())
                .filter(revocation -> revocation.until() <= nowMillis)
                .map(Revocation::key)
                .limit(limit)
                .toList();
    }

    /**
     * A page of all, in the order of their keys.
     *
     * @param after the last of the page before, or null
     */
    public List<Revocation> list(@Nullable Key after, int limit) {
        return kinds.values().stream()
                .flatMap(kind -> kind.values().stream())
                .filter(revocation -> after == null || revocation.key().compareTo(after) > 0)
                .sorted(Comparator.comparing(Revocation::key))
                .limit(limit)
                .toList();
    }

    public boolean isDisabled(UserId user) {
        return kind(Kind.DISABLED).containsKey(Key.disabled(user));
    }

    /** Grows with every revocation: who has looked at all connections since the last change is up to date. */
    public long changes() {
        return changes.get();
    }

    private ConcurrentHashMap<Key, Revocation> kind(Kind kind) {
        ConcurrentHashMap<Key, Revocation> entries = kinds.get(kind);
        if (entries == null) {
            throw new IllegalStateException("every kind has its entries");
        }
        return entries;
    }
}
