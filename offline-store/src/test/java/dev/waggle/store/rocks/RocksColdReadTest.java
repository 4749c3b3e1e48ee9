package dev.waggle.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.store.storage.Glimpse;
import dev.waggle.store.storage.KeyRange;
import dev.waggle.store.storage.Storage;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.Table;
import dev.waggle.store.storage.WriteSet;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads that must not touch the disk, on a store whose rows are on the disk alone. */
class RocksColdReadTest {
    private static final int ROWS = 10_000;

    @TempDir
    Path directory;

    private Storage storage;

    @BeforeEach
    void writeAndReopen() throws StorageFailure {
        RocksOpener opener = new RocksOpener(RocksSettings.in(directory));
        try (Storage first = opener.open()) {
            WriteSet set = new WriteSet();
            for (int i = 0; i < ROWS; i++) {
                set.put(Table.LOG, key(i), new byte[100]).put(Table.KEYS, key(i), new byte[20]);
            }
            first.write(set, true);
        }
        storage = opener.open(); // what was replayed is in tables now, and no block of them was read
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void tryGet_ofAColdRow_isUnknownUntilItWasRead() throws StorageFailure {
        assertThat(storage.tryGet(Table.KEYS, key(5_000))).isInstanceOf(Glimpse.Unknown.class);

        assertThat(storage.get(Table.KEYS, key(5_000))).hasSize(20);

        assertThat(storage.tryGet(Table.KEYS, key(5_000))).isInstanceOf(Glimpse.Present.class);
    }

    @Test
    void tryGet_ofKeysThatAreNotThere_isAnsweredByTheFilter() throws StorageFailure {
        int absent = 0;
        for (int i = 0; i < 1_000; i++) {
            absent += storage.tryGet(Table.KEYS, key(ROWS + i)) instanceof Glimpse.Absent ? 1 : 0;
        }
        // Ten bits a key err once in a hundred; then the answer is that only the disk knows.
        assertThat(absent).isGreaterThan(950);
    }

    @Test
    void tryLastAndTryRange_ofColdRows_areUnknownUntilTheyWereRead() throws StorageFailure {
        KeyRange range = KeyRange.of(key(7_000), key(7_003));
        assertThat(storage.tryLast(Table.LOG, range)).isInstanceOf(Glimpse.Unknown.class);
        assertThat(storage.tryRange(Table.LOG, range, 10)).isInstanceOf(Glimpse.Unknown.class);

        assertThat(storage.last(Table.LOG, range)).isNotNull();
        storage.multiGet(Table.LOG, List.of(key(7_000), key(7_001), key(7_002), key(7_003)));

        assertThat(storage.tryLast(Table.LOG, range)).isInstanceOf(Glimpse.Present.class);
        assertThat(storage.tryRange(Table.LOG, range, 10)).isInstanceOf(Glimpse.Present.class);
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }
}
