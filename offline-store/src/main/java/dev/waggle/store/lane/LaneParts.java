package dev.waggle.store.lane;

import dev.waggle.spec.Limits;
import dev.waggle.store.CommitListener;
import dev.waggle.store.StoreMetrics;
import dev.waggle.store.rules.RuleLimits;
import dev.waggle.store.storage.StorageOpener;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * What a store is made of. Everything that comes from outside comes in here: no clock, no thread, no setting elsewhere.
 *
 * @param storage opens the storage, now and after a failure
 * @param limits of the contract
 * @param laneLimits of the committer
 * @param listener learns what became durable
 * @param metrics what the store tells about itself
 * @param clock for the time of trims and the pauses of recovery
 * @param nanoTime for the length of writes
 * @param readers run reads that may block; closed by the caller after the store
 */
public record LaneParts(
        StorageOpener storage,
        Limits limits,
        LaneLimits laneLimits,
        CommitListener listener,
        StoreMetrics metrics,
        InstantSource clock,
        LongSupplier nanoTime,
        Executor readers) {

    RuleLimits ruleLimits() {
        return RuleLimits.of(limits);
    }
}
