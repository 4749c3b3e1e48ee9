package dev.waggle.push.webpush;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says to push services who sends (RFC 8292): a token for each of them, signed with our key. A token serves for hours:
 * Apple asks not to renew it more than once an hour. Any thread.
 */
final class Vapid {
    /** A push service takes one of 24 hours at most. */
    static final Duration LIFE = Duration.ofHours(12);

    /** One that ends sooner than this is renewed: the rest is for slow deliveries and slow clocks. */
    private static final Duration REST = Duration.ofHours(6);

    /** Origins are chosen by users; those that were not used longest are forgotten. */
    private static final int MOST_ORIGINS = 1_000;

    private final VapidKey key;
    private final @Nullable VapidContact contact;
    private final InstantSource clock;
    private final ECDSASigner signer;

    private final Map<String, Token> tokens = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Token> eldest) {
            return size() > MOST_ORIGINS;
        }
    };

    private record Token(String text, Instant endsAt) {}

    Vapid(VapidKey key, @Nullable VapidContact contact, InstantSource clock) {
        this.key = key;
        this.contact = contact;
        this.clock = clock;
        try {
            this.signer = new ECDSASigner(key.pair());
        } catch (JOSEException e) {
            throw new IllegalStateException("this Java runtime does not sign with P-256", e);
        }
    }

    /** The header {@code Authorization} for a push service. */
    String authorization(String origin) {
        return "vapid t=" + token(origin) + ", k=" + key.publicKey();
    }

    private synchronized String token(String origin) {
        Instant now = clock.instant();
        Token known = tokens.get(origin);
        if (known == null || known.endsAt().minus(REST).isBefore(now)) {
            known = sign(origin, now.plus(LIFE));
            tokens.put(origin, known);
        }
        return known.text();
    }

    private Token sign(String origin, Instant endsAt) {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(JOSEObjectType.JWT)
                        .build(),
                new JWTClaimsSet.Builder()
                        .audience(origin)
                        .expirationTime(Date.from(endsAt))
                        .subject(contact == null ? null : contact.value())
                        .build());
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("this Java runtime does not sign with P-256", e);
        }
        return new Token(token.serialize(), endsAt);
    }
}
