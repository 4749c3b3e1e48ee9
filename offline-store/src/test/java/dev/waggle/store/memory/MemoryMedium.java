package dev.waggle.store.memory;

import dev.waggle.store.storage.Storage;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageOpener;
import dev.waggle.store.storage.Table;
import dev.waggle.store.storage.WriteSet;
import dev.waggle.store.storage.WriteSet.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory: what was synced is safe, what was not may be lost from any point on. It outlives the handles that
 * {@link #open} gives, one at a time.
 *
 * <p>The model. The log is a list of write sets; a sync makes all of them safe. {@link #kill} is the end of the process:
 * every set whose bytes reached the log is there after {@link #open}. {@link #powerCut} is the end of the machine: of
 * the sets that were not synced only the first few are there. A set is there whole or not at all. Opening replays the
 * log and makes safe what it replayed, as the real adapter does.
 */
public final class MemoryMedium implements StorageOpener {
    private final Map<Table, NavigableMap<byte[], byte[]>> safe = new EnumMap<>(Table.class);
    private final List<List<Change>> unsynced = new ArrayList<>();
    private WriteFault.Plan plan = sync -> WriteFault.NONE;
    private BiPredicate<Table, byte[]> cold = (table, key) -> false;
    private @Nullable StorageFailure refusal;
    private volatile boolean unreadable;
    private @Nullable MemoryStorage handle;

    public MemoryMedium() {
        for (Table table : Table.values()) {
            safe.put(table, new TreeMap<>(Arrays::compareUnsigned));
        }
    }

    @Override
    public synchronized Storage open() throws StorageFailure {
        if (handle != null) {
            throw new StorageFailure(StorageFailure.Kind.IN_USE, "the store is open");
        }
        StorageFailure refused = refusal;
        if (refused != null) {
            throw refused;
        }
        makeSafe();
        MemoryStorage opened = new MemoryStorage(this, safe);
        handle = opened;
        return opened;
    }

    /** Decides what becomes of the writes from now on. */
    public synchronized void plan(WriteFault.Plan next) {
        plan = next;
    }

    /** Which keys (or lower bounds of ranges) the {@code try…} methods do not know. */
    public synchronized void cold(BiPredicate<Table, byte[]> onDisk) {
        cold = onDisk;
    }

    /** Opening fails with this from now on, or works again if null. */
    public synchronized void refuseToOpen(@Nullable StorageFailure failure) {
        refusal = failure;
    }

    /** Reading fails from now on, or works again. */
    public void failReads(boolean fail) {
        unreadable = fail;
    }

    /** How many write sets a power cut may take. */
    public synchronized int unsynced() {
        return unsynced.size();
    }

    /** The process dies; the handle is dead. */
    public synchronized void kill() {
        if (handle != null) {
            handle.unplug();
            handle = null;
        }
    }

    /**
     * The power goes; the handle is dead.
     *
     * @param kept how many of the {@link #unsynced} sets had reached the disk by chance: the first ones
     */
    public synchronized void powerCut(int kept) {
        if (kept < 0 || kept > unsynced.size()) {
            throw new IllegalArgumentException("kept must be 0…" + unsynced.size() + ", not " + kept);
        }
        unsynced.subList(kept, unsynced.size()).clear();
        kill();
    }

    synchronized void append(List<Change> changes, boolean sync) throws StorageFailure {
        WriteFault fault = plan.next(sync);
        if (fault == WriteFault.NONE || fault == WriteFault.AFTER) {
            unsynced.add(List.copyOf(changes));
        }
        if (fault != WriteFault.NONE) {
            throw new StorageFailure(StorageFailure.Kind.FAILED, "a write failed as the test wanted: " + fault);
        }
        if (sync) {
            makeSafe();
        }
    }

    synchronized void closed(MemoryStorage closing) {
        if (handle == closing) {
            handle = null;
        }
    }

    synchronized boolean isCold(Table table, byte[] key) {
        return cold.test(table, key);
    }

    void checkReadable() throws StorageFailure {
        if (unreadable) {
            throw new StorageFailure(StorageFailure.Kind.FAILED, "reading fails as the test wanted");
        }
    }

    private void makeSafe() {
        unsynced.forEach(changes -> changes.forEach(this::apply));
        unsynced.clear();
    }

    private void apply(Change change) {
        NavigableMap<byte[], byte[]> table = safe.get(change.table());
        if (change instanceof WriteSet.Put put) {
            table.put(put.key(), put.value());
        } else if (change instanceof WriteSet.Delete delete) {
            table.remove(delete.key());
        } else if (change instanceof WriteSet.DeleteRange range) {
            table.subMap(range.from(), true, range.to(), false).clear();
        }
    }
}
