package dev.waggle.auth.jwt;

import dev.waggle.auth.jwt.keys.KeyLookup;
import dev.waggle.auth.jwt.keys.KeyRequest;
import dev.waggle.auth.jwt.keys.KeySource;
import dev.waggle.spec.Parsed;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of the local issuer while the broker runs: makes the next and drops the old when it is time, and takes up what
 * another process wrote into the file. {@link #tick} blocks on the disk, one call after the other; the rest never blocks,
 * any thread.
 */
public final class RotatingKeys implements KeySource, Supplier<LocalKeys> {
    private static final Logger LOG = LoggerFactory.getLogger(RotatingKeys.class);

    /** How long a key signs. A token lives up to 30 days, so less than this only heaps up keys that still verify. */
    public static final Duration SHORTEST_LIFE = Duration.ofDays(7);

    private final KeyFile file;
    private final Duration life;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Runnable dropped;
    private final Object turn = new Object();
    private volatile Seen seen;
    private String stamp = "";
    private String trouble = "";

    /**
     * @param at when the look at the file began, Unix milliseconds
     * @param next completes when the next look has ended
     */
    private record Seen(LocalKeys keys, long at, CompletableFuture<Void> next) {}

    private RotatingKeys(
            KeyFile file, LocalKeys keys, Duration life, InstantSource clock, SecureRandom random, Runnable dropped) {
        this.file = file;
        this.life = life;
        this.clock = clock;
        this.random = random;
        this.dropped = dropped;
        this.seen = new Seen(keys, clock.millis(), new CompletableFuture<>());
    }

    /**
     * Reads the file, or makes it. Blocks.
     *
     * @param life how long a key signs; at least {@link #SHORTEST_LIFE}
     * @param dropped told when a key went before its time: what it signed counts no more
     */
    public static Parsed<RotatingKeys> open(
            Path dataDirectory, Duration life, InstantSource clock, SecureRandom random, Runnable dropped) {
        KeyFile file = LocalKeys.file(dataDirectory);
        return LocalKeys.read(file, random).then(keys -> {
            RotatingKeys rotating = new RotatingKeys(file, keys, life, clock, random, dropped);
            rotating.tick();
            return Parsed.ok(rotating);
        });
    }

    /** Those of now. */
    @Override
    public LocalKeys get() {
        return seen.keys();
    }

    /** A key that is unknown may stand in the file since a moment: that is known after the next look, within a second. */
    @Override
    public KeyLookup find(KeyRequest request) {
        Seen now = seen;
        KeyLookup found = now.keys().verification().find(request);
        boolean settled = found instanceof KeyLookup.Found || request.keyId() == null || now.at() > request.arrivedAt();
        return settled ? found : new KeyLookup.Coming(now.next().copy());
    }

    /** To be called every second or so. */
    public void tick() {
        synchronized (turn) {
            Seen before = seen;
            long began = clock.millis();
            String found = file.stamp();
            LocalKeys keys = before.keys();
            if (!found.equals(stamp)) {
                keys = LocalKeys.read(file, random).fold(read -> takeUp(before.keys(), read), reason -> {
                    complain(reason);
                    return before.keys();
                });
                stamp = found;
            }
            keys = keepUp(keys);
            seen = new Seen(keys, began, new CompletableFuture<>());
            before.next().complete(null);
        }
    }

    private LocalKeys takeUp(LocalKeys before, LocalKeys read) {
        trouble = "";
        if (!read.equals(before)) {
            LOG.info("the keys of the local issuer were changed: {}", read.told(clock.instant()));
            long now = seconds();
            boolean missing = before.keys().stream()
                    .filter(key -> key.signsFrom() <= now && key.endsAt() > now)
                    .anyMatch(key ->
                            read.keys().stream().noneMatch(other -> other.id().equals(key.id())));
            if (missing) {
                LOG.warn("a key of the local issuer was dropped: the tokens that it signed have ended");
                dropped.run();
            }
        }
        return read;
    }

    private LocalKeys keepUp(LocalKeys keys) {
        if (plan(keys).equals(keys.keys())) {
            return keys;
        }
        return file.alone(() -> LocalKeys.read(file, random).then(current -> {
                    LocalKeys planned = new LocalKeys(plan(current));
                    return file.replace(planned.text()).then(written -> Parsed.ok(planned));
                }))
                .fold(
                        planned -> {
                            stamp = file.stamp();
                            LOG.info("keys of the local issuer: {}", planned.told(clock.instant()));
                            return planned;
                        },
                        reason -> {
                            complain(reason);
                            return keys;
                        });
    }

    private List<LocalKey> plan(LocalKeys keys) {
        return KeyPlan.at(keys.keys(), seconds(), life, () -> LocalKey.freshPair(random));
    }

    private long seconds() {
        return Math.floorDiv(clock.millis(), 1000L);
    }

    /** Once for each trouble, not once a second. */
    private void complain(String reason) {
        if (!reason.equals(trouble)) {
            trouble = reason;
            LOG.warn("{}; the keys that were read before serve", reason);
        }
    }
}
