package dev.waggle.auth.account;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often log-ins may fail, per account and per address, whether there is such an account or not. An attempt is taken
 * before it is made, so that many at once are not more than one after the other, and given back if it did not fail. Any
 * thread.
 *
 * <p>Whoever fails on purpose keeps the owner of an account from logging in; devices that are logged in stay so.
 */
public final class LogInLimits {
    /** Enough for somebody who tries all passwords they have; then one a minute: 1,440 guesses a day. */
    static final int OF_ACCOUNT = 10;

    static final Duration ACCOUNT_REFILL = Duration.ofMinutes(1);

    /** An address may be a whole school, or a proxy of ours. */
    static final int OF_ADDRESS = 100;

    static final Duration ADDRESS_REFILL = Duration.ofSeconds(1);

    /** Keys remembered of each kind, about 10 MiB together; the one that was used longest ago makes room. */
    static final int MOST_KEYS = 50_000;

    private final Allowance accounts = new Allowance(OF_ACCOUNT, ACCOUNT_REFILL);
    private final Allowance addresses = new Allowance(OF_ADDRESS, ADDRESS_REFILL);
    private final InstantSource clock;

    public LogInLimits(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * @param user untrusted; empty: no account is at stake
     * @param address where the attempt comes from
     * @return zero if the attempt may be made, else when to come again
     */
    public synchronized Duration take(String user, String address) {
        long now = clock.millis();
        String account = key(user);
        long wait = Math.max(account.isEmpty() ? 0 : accounts.wait(account, now), addresses.wait(address, now));
        if (wait > 0) {
            return Duration.ofMillis(wait);
        }
        if (!account.isEmpty()) {
            accounts.take(account, now);
        }
        addresses.take(address, now);
        return Duration.ZERO;
    }

    /** The attempt did not fail: it does not count. */
    public synchronized void giveBack(String user, String address) {
        String account = key(user);
        if (!account.isEmpty()) {
            accounts.giveBack(account);
        }
        addresses.giveBack(address);
    }

    /** What can be no user id is nobody's account. */
    private static String key(String user) {
        return LocalAccounts.userId(user).fold(id -> id.value(), reason -> "");
    }

    /** Buckets without a timer: each remembers only when it will be full again (the generic cell rate algorithm). */
    private static final class Allowance {
        private final long interval;
        private final long capacity;
        private final Map<String, Long> fullAt = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                return size() > MOST_KEYS;
            }
        };

        Allowance(int burst, Duration refill) {
            this.interval = refill.toMillis();
            this.capacity = interval * burst;
        }

        long wait(String key, long now) {
            return Math.max(0, base(key, now) + interval - now - capacity);
        }

        void take(String key, long now) {
            fullAt.put(key, base(key, now) + interval);
        }

        void giveBack(String key) {
            fullAt.computeIfPresent(key, (same, full) -> full - interval);
        }

        /** Further ahead than the capacity only after the clock stepped back: the bucket starts anew. */
        private long base(String key, long now) {
            long full = fullAt.getOrDefault(key, now);
            return full < now || full > now + capacity + interval ? now : full;
        }
    }
}
