package dev.waggle.auth.jwt.keys;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.spec.Parsed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The usable keys of a published JWK set (RFC 7517 §5); others are passed over, shared secrets ({@code oct}) and keys for
 * encryption above all. Immutable; any thread.
 */
public final class JwkSet {
    /** What a set may weigh, bytes: a hundred keys of the largest kind. */
    public static final int MAX_BYTES = 64 * 1024;

    /** Entries of a set: they are searched one by one, and told one by one in the log. */
    private static final int MAX_KEYS = 100;

    /** Longest {@code kid}. */
    public static final int MAX_KEY_ID = 128;

    private final List<Entry> entries;
    private final List<String> passedOver;

    private JwkSet(List<Entry> entries, List<String> passedOver) {
        this.entries = List.copyOf(entries);
        this.passedOver = List.copyOf(passedOver);
    }

    private record Entry(@Nullable String keyId, VerificationKey key) {}

    /** Bad if it is no JWK set, or has no usable key: an empty answer must not look like a working issuer. */
    public static Parsed<JwkSet> parse(byte[] utf8) {
        if (utf8.length > MAX_BYTES) {
            return Parsed.bad("the key set is larger than " + MAX_BYTES + " bytes");
        }
        return StrictJson.object(utf8).fold(JwkSet::read, reason -> Parsed.bad("the key set is " + reason));
    }

    private static Parsed<JwkSet> read(JsonNode set) {
        List<Entry> entries = new ArrayList<>();
        List<String> passedOver = new ArrayList<>();
        if (set.path("keys").size() > MAX_KEYS) {
            return Parsed.bad("the key set has more than " + MAX_KEYS + " keys");
        }
        int index = 0;
        for (JsonNode jwk : set.path("keys")) {
            int place = index++;
            JsonNode id = jwk.path("kid");
            boolean named = id.isTextual() && id.textValue().length() <= MAX_KEY_ID;
            PublicJwk.read(jwk)
                    .fold(
                            key -> entries.add(new Entry(named ? id.textValue() : null, key)),
                            reason -> passedOver.add("keys[" + place + "]: " + reason));
        }
        return entries.isEmpty()
                ? Parsed.bad("the key set has no usable key " + passedOver)
                : Parsed.ok(new JwkSet(entries, passedOver));
    }

    /**
     * The key of that name for that algorithm. A token that names none gets the only key of a set of one. Two keys of
     * the same name for the same algorithm: neither, for nobody can tell which is meant.
     */
    @Nullable
    VerificationKey find(SignatureAlgorithm algorithm, @Nullable String keyId) {
        if (keyId == null) {
            return entries.size() == 1 && entries.get(0).key().takes(algorithm)
                    ? entries.get(0).key()
                    : null;
        }
        VerificationKey found = null;
        for (Entry entry : entries) {
            if (keyId.equals(entry.keyId()) && entry.key().takes(algorithm)) {
                if (found != null) {
                    return null;
                }
                found = entry.key();
            }
        }
        return found;
    }

    public int size() {
        return entries.size();
    }

    /** Why entries are not used, for the log; without their content. */
    public List<String> passedOver() {
        return passedOver;
    }
}
