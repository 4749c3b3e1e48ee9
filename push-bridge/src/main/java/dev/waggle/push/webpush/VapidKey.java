package dev.waggle.push.webpush;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.waggle.spec.Parsed;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.util.Base64;

/**
 * The key pair by which push services know this broker (RFC 8292). Subscriptions are bound to it: with another one, all
 * that there are end, and every device must subscribe anew. Immutable; the text form shows the public half only.
 */
public final class VapidKey {
    private final ECKey pair;
    private final String publicKey;

    private VapidKey(ECKey pair, String publicKey) {
        this.pair = pair;
        this.publicKey = publicKey;
    }

    /** A new one. */
    public static VapidKey make(SecureRandom random) {
        try {
            return of(new ECKeyGenerator(com.nimbusds.jose.jwk.Curve.P_256)
                            .secureRandom(random)
                            .generate())
                    .get();
        } catch (JOSEException e) {
            throw new IllegalStateException("this Java runtime makes no keys of P-256", e);
        }
    }

    /** Reads a private JWK (RFC 7517). Total; the reason shows nothing of it. */
    public static Parsed<VapidKey> parse(String jwk) {
        try {
            return of(ECKey.parse(jwk));
        } catch (ParseException | IllegalArgumentException e) {
            return Parsed.bad("is no JWK of an elliptic curve");
        }
    }

    private static Parsed<VapidKey> of(ECKey key) {
        if (!com.nimbusds.jose.jwk.Curve.P_256.equals(key.getCurve()) || !key.isPrivate()) {
            return Parsed.bad("must be a key of P-256 with its private half");
        }
        try {
            ECPublicKey point = key.toECPublicKey();
            return Parsed.ok(
                    new VapidKey(key, Base64.getUrlEncoder().withoutPadding().encodeToString(Curve.bytes(point))));
        } catch (JOSEException e) {
            return Parsed.bad("is no key of P-256");
        }
    }

    /** The private JWK, for the file. */
    public String jwk() {
        return pair.toJSONString();
    }

    /** What apps subscribe with ({@code applicationServerKey}): the point as 65 bytes, base64url without padding. */
    public String publicKey() {
        return publicKey;
    }

    ECKey pair() {
        return pair;
    }

    @Override
    public String toString() {
        return "VAPID key " + publicKey;
    }
}
