package dev.waggle.push.fcm;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.waggle.spec.Bytes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/** The request for an access token: a JWT bearer grant (RFC 7523), signed by the service account. */
final class Assertion {
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";
    private static final Duration LIFE = Duration.ofHours(1);

    private Assertion() {}

    /** The form that is posted. */
    static Bytes form(ServiceAccount account, Instant now) {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(JOSEObjectType.JWT)
                        .keyID(account.keyId())
                        .build(),
                new JWTClaimsSet.Builder()
                        .issuer(account.email())
                        .audience(account.tokenUri().toString())
                        .claim("scope", SCOPE)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(LIFE)))
                        .build());
        try {
            jwt.sign(new RSASSASigner(account.key()));
        } catch (JOSEException e) {
            throw new IllegalStateException("this Java runtime does not sign with RSA", e);
        }
        return Bytes.utf8(
                "grant_type=" + URLEncoder.encode(GRANT, StandardCharsets.UTF_8) + "&assertion=" + jwt.serialize());
    }
}
