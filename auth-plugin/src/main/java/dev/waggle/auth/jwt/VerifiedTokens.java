package dev.waggle.auth.jwt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that were verified before, so that a storm of reconnects costs a hash each and no signature. By the SHA-256 of
 * the exact text: the tokens themselves do not stay in memory. Only good tokens enter, so strangers cannot fill it.
 * Bounded: when the newer half is full, the older half goes. Any thread.
 */
final class VerifiedTokens {
    private final int half;
    private final AtomicReference<Halves> halves = new AtomicReference<>(new Halves());

    /** @param capacity entries, at least 2; about 400 bytes each */
    VerifiedTokens(int capacity) {
        if (capacity < 2) {
            throw new IllegalArgumentException("capacity must be at least 2");
        }
        this.half = capacity / 2;
    }

    private record Halves(Map<Digest, VerifiedToken> newer, Map<Digest, VerifiedToken> older) {
        Halves() {
            this(new ConcurrentHashMap<>(), Map.of());
        }
    }

    @Nullable
    VerifiedToken find(Digest digest) {
        Halves now = halves.get();
        VerifiedToken found = now.newer().get(digest);
        if (found != null) {
            return found;
        }
        VerifiedToken aged = now.older().get(digest);
        if (aged != null) {
            keep(digest, aged);
        }
        return aged;
    }

    void keep(Digest digest, VerifiedToken token) {
        Halves now = halves.get();
        now.newer().put(digest, token);
        if (now.newer().size() >= half) {
            // Whoever loses this race finds the halves already turned.
            halves.compareAndSet(now, new Halves(new ConcurrentHashMap<>(), now.newer()));
        }
    }

    int size() {
        Halves now = halves.get();
        return now.newer().size() + now.older().size();
    }

    /** SHA-256 of a token's text, comparable. */
    record Digest(long a, long b, long c, long d) {
        static Digest of(String text) {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
                ByteBuffer words = ByteBuffer.wrap(hash);
                return new Digest(words.getLong(), words.getLong(), words.getLong(), words.getLong());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java runtime has SHA-256", e);
            }
        }
    }
}
