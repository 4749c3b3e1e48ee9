package dev.waggle.auth.limit;

import dev.waggle.auth.Verdict;
import dev.waggle.spec.NetworkRange;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Networks whose attempts are refused too often may not try for a while, each time five times longer. What is no more
 * than late counts for nothing: a token that expired or was revoked was good once, and thousands of phones behind one
 * address may hold such a token. Any thread.
 *
 * <p>In memory: a restart forgives. That costs an attacker's allowance again, and keeps a mistake from being for ever.
 */
public final class BanLadder implements Offences {
    private static final Logger LOG = LoggerFactory.getLogger(BanLadder.class);
    private static final int FACTOR = 5;

    /** Networks remembered, some 15 MB; the one that was heard of longest ago makes room. */
    private static final int MOST_NETWORKS = 50_000;

    /** A network that behaves for so long after a ban begins again at the first step. */
    private static final Duration FORGIVEN_AFTER = Duration.ofDays(1);

    private final Terms terms;
    private final InstantSource clock;
    private final Allowances allowances;
    private final Map<Network, Ban> bans = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Network, Ban> eldest) {
            return size() > MOST_NETWORKS;
        }
    };

    /**
     * @param burst refused attempts at once before a ban, at least 1
     * @param refill after which one more is allowed
     * @param first length of the first ban; zero: nobody is banned but by operators
     * @param longest that a ban grows to
     * @param exempt never banned by the ladder: proxies, the machine itself
     */
    public record Terms(int burst, Duration refill, Duration first, Duration longest, List<NetworkRange> exempt) {
        public Terms {
            exempt = List.copyOf(exempt);
        }
    }

    public BanLadder(Terms terms, InstantSource clock) {
        this.terms = terms;
        this.clock = clock;
        this.allowances = new Allowances(terms.burst(), terms.refill(), MOST_NETWORKS);
    }

    /** How long the network must stay away; zero if it may come. */
    public synchronized Duration remaining(Network network) {
        Ban ban = bans.isEmpty() ? null : bans.get(network);
        return ban == null ? Duration.ZERO : Duration.ofMillis(Math.max(0, ban.until() - clock.millis()));
    }

    @Override
    public void refused(Network from, Verdict.Denied denied) {
        if (denied.offence()) {
            offence(from, denied.reason());
        }
    }

    /**
     * An attempt that looks like guessing was refused.
     *
     * @param cause readable, nothing secret
     */
    public void offence(Network network, String cause) {
        if (terms.first().isZero() || isExempt(network)) {
            return;
        }
        Ban made = count(network, cause);
        if (made != null) {
            LOG.warn(
                    "{} is banned for {} s, step {}: too many refused attempts, the last: {}",
                    network,
                    (made.until() - made.since()) / 1_000,
                    made.step(),
                    cause);
        }
    }

    private synchronized @Nullable Ban count(Network network, String cause) {
        long now = clock.millis();
        Ban before = bans.get(network);
        if (before != null && before.until() > now) {
            return null;
        }
        if (allowances.wait(network.text(), now) == 0) {
            allowances.take(network.text(), now);
            return null;
        }
        allowances.reset(network.text());
        int step = before == null || before.until() + FORGIVEN_AFTER.toMillis() < now ? 1 : before.step() + 1;
        Ban ban = new Ban(network, now, now + length(step), step, cause);
        bans.put(network, ban);
        return ban;
    }

    private long length(int step) {
        long length = terms.first().toMillis();
        for (int i = 1; i < step && length < terms.longest().toMillis(); i++) {
            length *= FACTOR;
        }
        return Math.min(length, terms.longest().toMillis());
    }

    private boolean isExempt(Network network) {
        return terms.exempt().stream().anyMatch(network::isIn);
    }

    /** An operator bans a network, an exempt one too. */
    public synchronized Ban ban(Network network, Duration length, String by) {
        long now = clock.millis();
        Ban ban = new Ban(network, now, now + length.toMillis(), 0, by);
        bans.put(network, ban);
        return ban;
    }

    /** The network may come again, and begins at the first step. @return false if it was not banned */
    public synchronized boolean lift(Network network) {
        allowances.reset(network.text());
        Ban before = bans.remove(network);
        return before != null && before.until() > clock.millis();
    }

    /** Networks that are banned now, in the order of their text. */
    public synchronized List<Ban> list(@Nullable String after, int limit) {
        long now = clock.millis();
        return bans.values().stream()
                .filter(ban -> ban.until() > now)
                .filter(ban -> after == null || ban.network().text().compareTo(after) > 0)
                .sorted(Comparator.comparing(ban -> ban.network().text()))
                .limit(limit)
                .toList();
    }

    /** How many are banned now. */
    public synchronized int size() {
        long now = clock.millis();
        return (int) bans.values().stream().filter(ban -> ban.until() > now).count();
    }

    /** Forgets what is forgiven: to be called every minute or so. */
    public synchronized void sweep() {
        long now = clock.millis();
        bans.values().removeIf(ban -> ban.until() + FORGIVEN_AFTER.toMillis() < now);
    }
}
