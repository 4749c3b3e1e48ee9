package dev.waggle.push.text;

import dev.waggle.push.registration.SealKey;
import dev.waggle.spec.Bytes;

/** Seals content for the app's own key, as RFC 8291 does. Any thread may call it. */
@FunctionalInterface
public interface Sealer {
    /** @throws IllegalArgumentException if the key is none */
    Bytes seal(SealKey key, byte[] plain);
}
