package dev.waggle.auth.account;

import dev.waggle.auth.limit.Allowances;
import java.time.Duration;
import java.time.InstantSource;

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

    private final Allowances accounts = new Allowances(OF_ACCOUNT, ACCOUNT_REFILL, MOST_KEYS);
    private final Allowances addresses = new Allowances(OF_ADDRESS, ADDRESS_REFILL, MOST_KEYS);
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
}
