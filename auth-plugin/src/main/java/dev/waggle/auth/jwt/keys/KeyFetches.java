package dev.waggle.auth.jwt.keys;

/** Told how fetches of keys end, for metrics. Any thread; must not block or throw. */
@FunctionalInterface
public interface KeyFetches {

    /**
     * @param issuer one that the configuration names
     * @param good whether there were keys
     */
    void fetched(String issuer, boolean good);
}
