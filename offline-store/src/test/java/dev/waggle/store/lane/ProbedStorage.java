package dev.waggle.store.lane;

import dev.waggle.store.memory.WriteFault;
import dev.waggle.store.storage.Glimpse;
import dev.waggle.store.storage.KeyRange;
import dev.waggle.store.storage.Row;
import dev.waggle.store.storage.Snapshot;
import dev.waggle.store.storage.Storage;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageOpener;
import dev.waggle.store.storage.StorageView;
import dev.waggle.store.storage.Table;
import dev.waggle.store.storage.WriteSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Any storage, with faults where a test wants them and a record of what was written. */
public final class ProbedStorage implements StorageOpener {
    /** The sync flag of every write that succeeded. */
    public final List<Boolean> syncs = new ArrayList<>();

    private final StorageOpener opener;
    private WriteFault next = WriteFault.NONE;
    private Runnable beforeNextWrite = () -> {};
    private @Nullable Storage current;
    private boolean cold;
    private boolean worthTrying = true;
    private volatile @Nullable String shortage;
    private @Nullable StorageFailure refusal;
    private int opened;

    public ProbedStorage(StorageOpener opener) {
        this.opener = opener;
    }

    /** The next write fails like this. */
    public void failNextWrite(WriteFault fault) {
        next = fault;
    }

    /** Happens once, when the next write has been decided and is not visible yet. */
    public void beforeNextWrite(Runnable action) {
        beforeNextWrite = action;
    }

    /** How many rows a table of the open storage has. */
    public int rows(Table table) throws StorageFailure {
        int[] count = {0};
        if (current != null) {
            current.scan(table, KeyRange.ALL, StorageView.Direction.ASCENDING, (key, value) -> ++count[0] > 0);
        }
        return count[0];
    }

    /** True: nothing is known without the disk. */
    public void cold(boolean onDisk) {
        cold = onDisk;
    }

    public void worthTrying(boolean worth) {
        worthTrying = worth;
    }

    public void refuseToOpen(@Nullable StorageFailure failure) {
        refusal = failure;
    }

    /** How often it was opened. */
    public int opened() {
        return opened;
    }

    @Override
    public boolean isWorthTrying() {
        return worthTrying;
    }

    @Override
    public @Nullable String shortage() {
        return shortage;
    }

    /** What the medium lacks from now on, or null. */
    public void shortage(@Nullable String text) {
        shortage = text;
    }

    @Override
    public Storage open() throws StorageFailure {
        StorageFailure refused = refusal;
        if (refused != null) {
            throw refused;
        }
        Storage storage = opener.open();
        opened++;
        current = storage;
        return new Probed(storage);
    }

    private final class Probed implements Storage {
        private final Storage inner;
        private boolean broken;

        Probed(Storage inner) {
            this.inner = inner;
        }

        @Override
        public void write(WriteSet set, boolean sync) throws StorageFailure {
            if (broken) {
                throw new AssertionError("a write after a failed one");
            }
            Runnable before = beforeNextWrite;
            beforeNextWrite = () -> {};
            before.run();
            WriteFault fault = next;
            next = WriteFault.NONE;
            if (fault == WriteFault.NONE || fault == WriteFault.AFTER) {
                inner.write(set, sync);
            }
            if (fault != WriteFault.NONE) {
                broken = true;
                throw new StorageFailure(StorageFailure.Kind.FAILED, "a write fails as the test wants");
            }
            syncs.add(sync);
        }

        @Override
        public Snapshot snapshot() throws StorageFailure {
            return inner.snapshot();
        }

        @Override
        public byte @Nullable [] get(Table table, byte[] key) {
            throw new AssertionError("the committer must not wait for the disk");
        }

        @Override
        public List<byte @Nullable []> multiGet(Table table, List<byte[]> keys) {
            throw new AssertionError("the committer must not wait for the disk");
        }

        @Override
        public Glimpse<byte[]> tryGet(Table table, byte[] key) throws StorageFailure {
            return cold ? new Glimpse.Unknown<>() : inner.tryGet(table, key);
        }

        @Override
        public void scan(Table table, KeyRange range, Direction direction, RowVisitor visitor) {
            throw new AssertionError("the committer must not wait for the disk");
        }

        @Override
        public @Nullable Row last(Table table, KeyRange range) {
            throw new AssertionError("the committer must not wait for the disk");
        }

        @Override
        public Glimpse<Row> tryLast(Table table, KeyRange range) throws StorageFailure {
            return cold ? new Glimpse.Unknown<>() : inner.tryLast(table, range);
        }

        @Override
        public Glimpse<List<Row>> tryRange(Table table, KeyRange range, int most) throws StorageFailure {
            return cold ? new Glimpse.Unknown<>() : inner.tryRange(table, range, most);
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
