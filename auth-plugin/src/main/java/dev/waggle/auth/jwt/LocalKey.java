package dev.waggle.auth.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * One pair of the local issuer and its times, in Unix seconds. In the file they are members of the JWK: {@code iat},
 * {@code nbf}, {@code exp}.
 *
 * @param pair private and public half, with a key id, without times
 * @param madeAt {@link #UNKNOWN} for one of a file without times
 * @param signsFrom 0: since ever
 * @param endsAt when the last token that it signed has ended; {@link #OPEN} until another key signs
 */
record LocalKey(ECKey pair, long madeAt, long signsFrom, long endsAt) {
    static final long UNKNOWN = 0;
    static final long OPEN = Long.MAX_VALUE;

    /** Of the key's thumbprint (RFC 7638): enough to tell keys of one set apart, and it is in every token. */
    private static final int KEY_ID_LENGTH = 16;

    static LocalKey of(ECKey jwk) {
        return new LocalKey(
                dated(jwk, null, null, null),
                seconds(jwk.getIssueTime(), UNKNOWN),
                seconds(jwk.getNotBeforeTime(), 0),
                seconds(jwk.getExpirationTime(), OPEN));
    }

    static ECKey freshPair(SecureRandom random) {
        try {
            ECKey bare = new ECKeyGenerator(Curve.P_256).secureRandom(random).generate();
            return new ECKey.Builder(bare)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyID(bare.computeThumbprint().toString().substring(0, KEY_ID_LENGTH))
                    .build();
        } catch (JOSEException e) {
            throw new IllegalStateException("this Java runtime makes no P-256 keys", e);
        }
    }

    String id() {
        return pair.getKeyID();
    }

    boolean isOpen() {
        return endsAt == OPEN;
    }

    LocalKey made(long at) {
        return new LocalKey(pair, at, signsFrom, endsAt);
    }

    LocalKey ending(long at) {
        return new LocalKey(pair, madeAt, signsFrom, at);
    }

    /** As it stands in the file. */
    ECKey jwk() {
        return dated(
                pair,
                madeAt == UNKNOWN ? null : date(madeAt),
                signsFrom == 0 ? null : date(signsFrom),
                isOpen() ? null : date(endsAt));
    }

    private static ECKey dated(ECKey key, @Nullable Date made, @Nullable Date from, @Nullable Date end) {
        return new ECKey.Builder(key)
                .issueTime(made)
                .notBeforeTime(from)
                .expirationTime(end)
                .build();
    }

    private static long seconds(@Nullable Date date, long absent) {
        return date == null ? absent : Math.floorDiv(date.getTime(), 1_000L);
    }

    private static Date date(long seconds) {
        return Date.from(Instant.ofEpochSecond(seconds));
    }

    @Override
    public String toString() {
        return id();
    }
}
