package dev.waggle.auth.jwt;

import dev.waggle.auth.Roles;
import dev.waggle.auth.jwt.keys.KeySource;
import dev.waggle.auth.jwt.keys.SignatureAlgorithm;
import java.time.Duration;
import java.util.Set;

/**
 * An issuer whose tokens are taken, and on which terms. Immutable.
 *
 * @param name {@code iss}, compared exactly
 * @param audience must be {@code aud} or one of its entries
 * @param types allowed {@code typ}, lower case; others, and none, are refused, so an id token is no access token
 * @param algorithms allowed {@code alg}; whatever key the issuer has
 * @param keys finds the key that a token names
 * @param claims which claims say what
 * @param rawSubjects true: a subject that has the form of a user id is the user id (at most one issuer); false: user
 *     ids are always derived
 * @param longestLife of a token, from {@code iat} to {@code exp}
 * @param lateness how long after {@code exp} a token is still taken
 * @param maxLength of a token, in characters
 */
record TrustedIssuer(
        String name,
        String audience,
        Set<String> types,
        Set<SignatureAlgorithm> algorithms,
        KeySource keys,
        ClaimRules claims,
        boolean rawSubjects,
        Duration longestLife,
        Duration lateness,
        int maxLength) {

    static final String ACCESS_TOKEN = "at+jwt";

    /** The same media type, written out (RFC 7515 §4.1.9). */
    static final String ACCESS_TOKEN_LONG = "application/at+jwt";

    /** The longest token that the contract promises to small libraries (PROTOCOL §1). */
    private static final int LOCAL_MAX_LENGTH = 2_000;

    /** Clocks of other machines may go this much ahead of ours. */
    private static final Duration OTHER_CLOCK = Duration.ofSeconds(30);

    TrustedIssuer {
        types = Set.copyOf(types);
        algorithms = Set.copyOf(algorithms);
    }

    /** The local issuer: the clock is the same, so {@code exp} is exact. */
    static TrustedIssuer local(String name, KeySource keys, boolean rawSubjects, Roles roles) {
        return new TrustedIssuer(
                name,
                LocalIssuer.AUDIENCE,
                Set.of(ACCESS_TOKEN, ACCESS_TOKEN_LONG),
                Set.of(SignatureAlgorithm.ES256),
                keys,
                ClaimRules.local(roles),
                rawSubjects,
                TokenLifetime.MAX,
                Duration.ZERO,
                LOCAL_MAX_LENGTH);
    }

    static TrustedIssuer external(ExternalIssuer issuer, KeySource keys, Roles roles) {
        return new TrustedIssuer(
                issuer.name(),
                issuer.audience(),
                issuer.types(),
                issuer.algorithms(),
                keys,
                issuer.claims(roles),
                issuer.rawSubjects(),
                issuer.longestLife(),
                OTHER_CLOCK,
                CompactToken.MAX_LENGTH);
    }
}
