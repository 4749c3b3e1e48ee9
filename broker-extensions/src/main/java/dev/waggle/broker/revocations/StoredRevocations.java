package dev.waggle.broker.revocations;

import dev.waggle.auth.revocation.Key;
import dev.waggle.auth.revocation.Revocation;
import dev.waggle.auth.revocation.RevocationStore;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.RecordKey;
import dev.waggle.store.ChatStore;
import dev.waggle.store.Outcome;
import dev.waggle.store.Reads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Revocations as records of the store. Any thread; only the loading waits. */
public final class StoredRevocations implements RevocationStore {
    /** Part of the format on disk. */
    private static final String KIND = "revocation";

    private static final int PAGE = 1_000;

    /** A page is read in milliseconds; but a disk may be slow, and a start must not fail for that. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** One writes at a time, so a change that the store has seen otherwise is one whose end was not known. */
    private static final int MOST_TRIES = 3;

    private final ChatStore store;
    private final InstantSource clock;

    public StoredRevocations(ChatStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public List<Revocation> load() {
        List<Revocation> loaded = new ArrayList<>();
        Bytes after = null;
        boolean more = true;
        while (more) {
            Reads.RecordPage page = await(store.reads().records(KIND, Bytes.EMPTY, after, PAGE));
            for (Reads.StoredRecord record : page.records()) {
                loaded.add(RevocationForm.decode(record.value()).fold(good -> good, reason -> {
                    throw new UncheckedIOException(new IOException("a stored revocation is damaged: " + reason));
                }));
                after = record.key().key();
            }
            more = page.more();
        }
        return loaded;
    }

    private static Reads.RecordPage await(CompletionStage<Reads.RecordPage> reading) {
        AtomicReference<Reads.@Nullable RecordPage> page = new AtomicReference<>();
        CountDownLatch told = new CountDownLatch(1);
        CompletionStage<Reads.RecordPage> unused = reading.whenComplete((read, failure) -> {
            page.set(read);
            told.countDown();
        });
        try {
            if (!told.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new UncheckedIOException(new IOException("reading the revocations takes too long"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Reads.RecordPage read = page.get();
        if (read == null) {
            throw new UncheckedIOException(new IOException("the revocations cannot be read"));
        }
        return read;
    }

    @Override
    public CompletionStage<Void> put(Revocation revocation) {
        return write(RevocationForm.recordKey(KIND, revocation.key()), RevocationForm.encode(revocation), 1);
    }

    @Override
    public CompletionStage<Void> remove(Key key) {
        return write(RevocationForm.recordKey(KIND, key), null, 1);
    }

    private CompletionStage<Void> write(RecordKey key, @Nullable Bytes value, int tries) {
        return store.reads()
                .record(key)
                .thenCompose(before -> submit(
                        new Command.PutRecord(
                                key, before.map(Reads.StoredRecord::version).orElse(0L), value, clock.millis()),
                        tries));
    }

    private CompletionStage<Void> submit(Command.PutRecord command, int tries) {
        return store.ask(this, command).thenCompose(outcome -> {
            if (outcome instanceof Outcome.Accepted) {
                return CompletableFuture.completedFuture(null);
            }
            if (outcome instanceof Outcome.Rejected && tries < MOST_TRIES) {
                return write(command.key(), command.value(), tries + 1);
            }
            return CompletableFuture.failedFuture(new IOException(
                    outcome instanceof Outcome.Failed failed ? failed.reason() : "the store refuses the record"));
        });
    }
}
