package dev.waggle.auth.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.waggle.auth.jwt.keys.KeySource;
import dev.waggle.auth.jwt.keys.SignatureAlgorithm;
import dev.waggle.auth.jwt.keys.VerificationKey;
import dev.waggle.spec.Parsed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys of the local issuer: P-256 pairs for ES256, as a JWK set (RFC 7517) in the data directory, mode 0600. The
 * first one signs, all of them verify. Immutable; any thread.
 */
public final class LocalKeys {
    /** Name of the file in the data directory. */
    public static final String FILE = "local-issuer.jwks";

    /** Of the key's thumbprint (RFC 7638): enough to tell keys of one set apart, and it is in every token. */
    private static final int KEY_ID_LENGTH = 16;

    private static final byte[] PROBE = "probe".getBytes(StandardCharsets.US_ASCII);

    private final Map<String, ECKey> byId;
    private final ECKey signing;

    private LocalKeys(Map<String, ECKey> byId, ECKey signing) {
        this.byId = byId;
        this.signing = signing;
    }

    /**
     * Reads the keys, making them if there are none. Blocks on the disk. Safe to call from many processes at once: all
     * get the same keys.
     *
     * @return bad if the file is damaged, open to others or cannot be made; the reason names the file and the remedy
     */
    public static Parsed<LocalKeys> open(Path dataDirectory, SecureRandom random) {
        Path path = dataDirectory.resolve(FILE);
        return new KeyFile(path)
                .readOrCreate(() -> generate(random))
                .then(text -> parse(text)
                        .fold(
                                Parsed::ok,
                                reason -> Parsed.bad("the key file " + path + " is damaged: " + reason
                                        + "; restore it from a backup, or delete it so that a new key is made (all tokens"
                                        + " signed with the old one then end)")));
    }

    ECKey signing() {
        return signing;
    }

    /** The public halves as a JWK set (RFC 7517), one line of JSON: for others who check our tokens. */
    public String published() {
        return new JWKSet(List.copyOf(byId.values())).toString(true);
    }

    KeySource verification() {
        Map<String, VerificationKey> verifiers = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, ECKey> key : byId.entrySet()) {
                verifiers.put(
                        key.getKey(),
                        VerificationKey.elliptic(key.getValue().toECPublicKey(), SignatureAlgorithm.ES256));
            }
        } catch (JOSEException e) {
            throw new IllegalStateException("a key that was proved when it was read", e);
        }
        return KeySource.fixed(verifiers);
    }

    private static String generate(SecureRandom random) {
        try {
            ECKey bare = new ECKeyGenerator(Curve.P_256).secureRandom(random).generate();
            ECKey key = new ECKey.Builder(bare)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyID(bare.computeThumbprint().toString().substring(0, KEY_ID_LENGTH))
                    .build();
            return new JWKSet(key).toString(false) + "\n";
        } catch (JOSEException e) {
            throw new IllegalStateException("this Java runtime makes no P-256 keys", e);
        }
    }

    static Parsed<LocalKeys> parse(String text) {
        Map<String, ECKey> byId = new LinkedHashMap<>();
        ECKey first = null;
        try {
            for (JWK entry : JWKSet.parse(text).getKeys()) {
                if (!(entry instanceof ECKey key) || !key.isPrivate() || !Curve.P_256.equals(key.getCurve())) {
                    return Parsed.bad("every key must be a private P-256 key");
                }
                String id = key.getKeyID();
                if (id == null || id.isEmpty() || byId.put(id, key) != null) {
                    return Parsed.bad("every key must have a kid of its own");
                }
                if (!signs(key)) {
                    return Parsed.bad("the private and the public half of a key do not belong together");
                }
                first = first == null ? key : first;
            }
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            // The cause may quote the file, which is secret.
            return Parsed.bad("it is no JSON Web Key Set");
        }
        return first == null ? Parsed.bad("it holds no key") : Parsed.ok(new LocalKeys(Map.copyOf(byId), first));
    }

    private static boolean signs(ECKey key) throws JOSEException {
        JWSHeader header = new JWSHeader(JWSAlgorithm.ES256);
        return new ECDSAVerifier(key.toPublicJWK()).verify(header, PROBE, new ECDSASigner(key).sign(header, PROBE));
    }

    @Override
    public String toString() {
        return "LocalKeys" + byId.keySet();
    }
}
