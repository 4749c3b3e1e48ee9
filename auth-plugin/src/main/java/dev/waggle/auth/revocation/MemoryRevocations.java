package dev.waggle.auth.revocation;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** A {@link RevocationStore} that lasts as long as the process: for tests and demonstrations. Any thread. */
public final class MemoryRevocations implements RevocationStore {
    private final Map<Key, Revocation> kept = new ConcurrentHashMap<>();

    @Override
    public List<Revocation> load() {
        return List.copyOf(kept.values());
    }

    @Override
    public CompletionStage<Void> put(Revocation revocation) {
        kept.put(revocation.key(), revocation);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> remove(Key key) {
        kept.remove(key);
        return CompletableFuture.completedFuture(null);
    }
}
