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
import dev.waggle.auth.jwt.keys.KeySource;
import dev.waggle.auth.jwt.keys.SignatureAlgorithm;
import dev.waggle.auth.jwt.keys.VerificationKey;
import dev.waggle.spec.Parsed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys of the local issuer as its file has them at one time: P-256 pairs for ES256, as a JWK set (RFC 7517) in the data
 * directory, mode 0600. One signs, all of them verify. Immutable; any thread.
 */
public final class LocalKeys {
    /** Name of the file in the data directory. */
    public static final String FILE = "local-issuer.jwks";

    private static final byte[] PROBE = "probe".getBytes(StandardCharsets.US_ASCII);

    private final List<LocalKey> keys;
    private final KeySource verification;

    LocalKeys(List<LocalKey> keys) {
        this.keys = List.copyOf(keys);
        this.verification = verification(keys);
    }

    /**
     * Reads the keys, making them if there are none. Blocks on the disk. Safe to call from many processes at once: all
     * get the same keys, and while another one changes them, those of before or of after.
     *
     * @return bad if the file is damaged, open to others or cannot be made; the reason names the file and the remedy
     */
    public static Parsed<LocalKeys> open(Path dataDirectory, SecureRandom random) {
        return read(file(dataDirectory), random);
    }

    static KeyFile file(Path dataDirectory) {
        return new KeyFile(dataDirectory.resolve(FILE));
    }

    static Parsed<LocalKeys> read(KeyFile file, SecureRandom random) {
        return file.readOrCreate(() -> new LocalKeys(List.of(LocalKey.of(LocalKey.freshPair(random)))).text())
                .then(text -> parse(text)
                        .fold(
                                Parsed::ok,
                                reason -> Parsed.bad("the key file " + file + " is damaged: " + reason
                                        + "; restore it from a backup, or delete it so that a new key is made (all tokens"
                                        + " signed with the old one then end)")));
    }

    /**
     * Makes a key that signs at once, for one that others may know. Keys that were to come go. Blocks on the disk.
     *
     * @param dropOld true: the keys before go too, and every token that they signed ends
     */
    public static Parsed<LocalKeys> rotate(Path dataDirectory, boolean dropOld, Instant now, SecureRandom random) {
        KeyFile file = file(dataDirectory);
        return file.alone(() -> read(file, random).then(before -> {
            LocalKeys after = new LocalKeys(
                    KeyPlan.rotated(before.keys, now.getEpochSecond(), dropOld, () -> LocalKey.freshPair(random)));
            return file.replace(after.text()).then(written -> Parsed.ok(after));
        }));
    }

    /** A key as operators see it: nothing of it is secret. */
    public record Described(String id, String state) {
        @Override
        public String toString() {
            return id + " " + state;
        }
    }

    /** In the order of the file: the one that signs first. */
    public List<Described> told(Instant now) {
        LocalKey signing = KeyPlan.signing(keys, now.getEpochSecond());
        return keys.stream()
                .map(key -> new Described(key.id(), state(key, signing)))
                .toList();
    }

    private static String state(LocalKey key, LocalKey signing) {
        if (key == signing) {
            long since = Math.max(key.madeAt(), key.signsFrom());
            return since == LocalKey.UNKNOWN ? "signs" : "signs since " + Instant.ofEpochSecond(since);
        }
        if (key.signsFrom() > signing.signsFrom()) {
            return "signs from " + Instant.ofEpochSecond(key.signsFrom());
        }
        return key.isOpen() ? "verifies" : "verifies until " + Instant.ofEpochSecond(key.endsAt());
    }

    List<LocalKey> keys() {
        return keys;
    }

    /** @param now Unix seconds */
    ECKey signing(long now) {
        return KeyPlan.signing(keys, now).pair();
    }

    /** As the file has it; secret. */
    String text() {
        return new JWKSet(keys.stream().<JWK>map(LocalKey::jwk).toList()).toString(false) + "\n";
    }

    /** The public halves as a JWK set (RFC 7517), one line of JSON: for others who check our tokens. */
    public String published() {
        return new JWKSet(keys.stream().<JWK>map(LocalKey::pair).toList()).toString(true);
    }

    KeySource verification() {
        return verification;
    }

    private static KeySource verification(List<LocalKey> keys) {
        Map<String, VerificationKey> verifiers = new LinkedHashMap<>();
        try {
            for (LocalKey key : keys) {
                verifiers.put(key.id(), VerificationKey.elliptic(key.pair().toECPublicKey(), SignatureAlgorithm.ES256));
            }
        } catch (JOSEException e) {
            throw new IllegalStateException("a key that was proved when it was read", e);
        }
        return KeySource.fixed(verifiers);
    }

    static Parsed<LocalKeys> parse(String text) {
        Map<String, LocalKey> byId = new LinkedHashMap<>();
        try {
            for (JWK entry : JWKSet.parse(text).getKeys()) {
                if (!(entry instanceof ECKey key) || !key.isPrivate() || !Curve.P_256.equals(key.getCurve())) {
                    return Parsed.bad("every key must be a private P-256 key");
                }
                String id = key.getKeyID();
                if (id == null || id.isEmpty() || byId.put(id, LocalKey.of(key)) != null) {
                    return Parsed.bad("every key must have a kid of its own");
                }
                if (!signs(key)) {
                    return Parsed.bad("the private and the public half of a key do not belong together");
                }
            }
        } catch (ParseException | JOSEException | IllegalArgumentException | IllegalStateException e) {
            // The cause may quote the file, which is secret.
            return Parsed.bad("it is no JSON Web Key Set");
        }
        return byId.isEmpty()
                ? Parsed.bad("it holds no key")
                : Parsed.ok(new LocalKeys(new ArrayList<>(byId.values())));
    }

    private static boolean signs(ECKey key) throws JOSEException {
        JWSHeader header = new JWSHeader(JWSAlgorithm.ES256);
        return new ECDSAVerifier(key.toPublicJWK()).verify(header, PROBE, new ECDSASigner(key).sign(header, PROBE));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LocalKeys that && keys.equals(that.keys);
    }

    @Override
    public int hashCode() {
        return keys.hashCode();
    }

    @Override
    public String toString() {
        return "LocalKeys" + keys;
    }
}
