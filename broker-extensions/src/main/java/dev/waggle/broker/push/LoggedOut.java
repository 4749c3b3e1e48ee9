package dev.waggle.broker.push;

import dev.waggle.auth.revocation.Key;
import dev.waggle.auth.revocation.Revocation;
import dev.waggle.auth.revocation.RevocationStore;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Command;
import dev.waggle.store.ChatStore;
import dev.waggle.store.Outcome;
import dev.waggle.store.Reads;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Who is logged out is not woken any more: with a revocation that is about a user or a device, registrations for pushes go
 * too, and what was due for them. They go first, so that a crash in between leaves nothing behind. Any thread.
 */
public final class LoggedOut implements RevocationStore {
    private final RevocationStore kept;
    private final ChatStore store;
    private final InstantSource clock;

    public LoggedOut(RevocationStore kept, ChatStore store, InstantSource clock) {
        this.kept = kept;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public List<Revocation> load() {
        return kept.load();
    }

    @Override
    public CompletionStage<Void> put(Revocation revocation) {
        Key key = revocation.key();
        if (key.kind() == Key.Kind.TOKEN) {
            return kept.put(revocation);
        }
        return forget(new UserId(key.owner()), key.name())
                .exceptionally(unreadable -> null) // that must not keep anybody from being logged out
                .thenCompose(forgotten -> kept.put(revocation));
    }

    @Override
    public CompletionStage<Void> remove(Key key) {
        return kept.remove(key);
    }

    /** @param device empty: all of the user */
    private CompletionStage<Void> forget(UserId user, String device) {
        return store.reads().sleepers(user, 1).thenCompose(seen -> {
            CompletableFuture<?>[] all = seen.devices().stream()
                    .map(Reads.Sleeper::device)
                    .filter(one -> device.isEmpty() || one.value().equals(device))
                    .map(one -> unregister(user, one))
                    .toArray(CompletableFuture[]::new);
            return CompletableFuture.allOf(all);
        });
    }

    private CompletableFuture<Outcome> unregister(UserId user, DeviceId device) {
        return store.ask(this, new Command.KeepPush(user, device, Command.KeepPush.ANY_VERSION, null, clock.millis()))
                .toCompletableFuture();
    }
}
