package dev.waggle.auth.jwt.keys;

import org.jspecify.annotations.Nullable;

/**
 * The key that a token names. All of it untrusted but {@code arrivedAt}.
 *
 * @param algorithm one that the issuer may use
 * @param keyId {@code kid}: a key of a map and nothing else; null if the token names none
 * @param issuedAt {@code iat}, Unix seconds: with it a key can be known to be older than the set in memory
 * @param arrivedAt when the token came, Unix milliseconds: a set fetched since then has its key or nothing has
 */
public record KeyRequest(
        SignatureAlgorithm algorithm, @Nullable String keyId, long issuedAt, long arrivedAt) {}
