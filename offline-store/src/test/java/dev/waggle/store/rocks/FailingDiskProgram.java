package dev.waggle.store.rocks;

import dev.waggle.store.storage.KeyRange;
import dev.waggle.store.storage.Row;
import dev.waggle.store.storage.Snapshot;
import dev.waggle.store.storage.Storage;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.Table;
import dev.waggle.store.storage.WriteSet;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Writes until the disk refuses, goes on reading, opens again, and says whether all was as it must be. */
final class FailingDiskProgram {
    private static final int MOST = 100;

    private FailingDiskProgram() {}

    public static void main(String[] arguments) throws Exception {
        // Much memory, so that nothing is flushed and the log grows over the limit of file sizes.
        RocksOpener opener = new RocksOpener(new RocksSettings(Path.of(arguments[0]), 1L << 30));
        Storage storage = opener.open();
        int written = 0;
        String refusal = null;
        while (refusal == null && written < MOST) {
            try {
                storage.write(set(written), true);
                written++;
            } catch (StorageFailure failure) {
                refusal = failure.getMessage();
            }
        }
        check(refusal != null && refusal.contains("whether it is stored is unknown"), "it says: " + refusal);
        check(written > 5, "some were written before");
        check(last(storage) == written - 1, "the handle shows what returned, and no more");
        try (Snapshot snapshot = storage.snapshot()) {
            check(snapshot.get(Table.LOG, key(0)) != null, "snapshots go on");
        }
        try {
            storage.write(new WriteSet().put(Table.HEADS, key(1), key(1)), false);
            check(false, "no write may follow");
        } catch (StorageFailure expected) {
            check(expected.getMessage().contains("until the store is reopened"), expected.getMessage());
        }
        storage.close();

        storage = opener.open();
        long found = last(storage);
        check(found == written - 1 || found == written, "found " + found + " of " + written);
        for (int i = 0; i <= found; i++) {
            check(storage.get(Table.LOG, key(i)) != null && storage.get(Table.INBOX, key(i)) != null, "row " + i);
        }
        storage.write(set((int) found + 1), true);
        storage.close();
        System.out.println("all as it must be");
    }

    /** Bodies of zeros: the log keeps them as they are, tables make them small. */
    private static WriteSet set(int number) {
        return new WriteSet().put(Table.LOG, key(number), new byte[1 << 20]).put(Table.INBOX, key(number), key(number));
    }

    private static long last(Storage storage) throws StorageFailure {
        Row row = storage.last(Table.LOG, KeyRange.ALL);
        return row == null ? -1 : ByteBuffer.wrap(row.key()).getInt();
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            System.out.println("not as it must be: " + what);
            System.exit(1);
        }
    }
}
