package dev.waggle.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.store.storage.KeyRange;
import dev.waggle.store.storage.Table;
import dev.waggle.store.storage.WriteSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBatch;

class BatchFormTest {
    @TempDir
    Path directory;

    /** Byte for byte what RocksDB's own calls make; so a version of it with another form fails here, not on a disk. */
    @Test
    void of_anySet_isWhatRocksDbMakes() throws Exception {
        NativeLibrary.load(directory);
        RocksOptions options = new RocksOptions(RocksSettings.DEFAULT_MEMORY_BYTES);
        List<ColumnFamilyHandle> families = new ArrayList<>();
        try (RocksDB database = RocksDB.open(options.database(), directory.toString(), options.families(), families)) {
            assertThat(families).extracting(ColumnFamilyHandle::getID).containsExactly(0, 1, 2, 3, 4);
            int[] numbers = Arrays.stream(Table.values()).mapToInt(Table::id).toArray();
            BatchForm form = new BatchForm(numbers);
            Random random = new Random(1);
            for (int i = 0; i < 50; i++) {
                WriteSet set = set(random);
                try (WriteBatch batch = nativeBatch(set, families)) {
                    assertThat(form.of(set)).isEqualTo(batch.data());
                }
            }
            families.forEach(ColumnFamilyHandle::close);
        } finally {
            options.close();
        }
    }

    private static WriteSet set(Random random) {
        WriteSet set = new WriteSet();
        for (int i = random.nextInt(300); i > 0; i--) {
            // The table with number 0 has tags of its own in RocksDB's calls; both forms are understood.
            Table table = Table.values()[1 + random.nextInt(Table.values().length - 1)];
            switch (random.nextInt(4)) {
                case 0 -> set.delete(table, bytes(random, 300));
                case 1 -> set.deleteRange(table, KeyRange.of(new byte[] {1}, bytes(random, 300)));
                default -> set.put(table, bytes(random, 300), bytes(random, random.nextInt(20) == 0 ? 70_000 : 200));
            }
        }
        return set;
    }

    private static byte[] bytes(Random random, int most) {
        byte[] bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static WriteBatch nativeBatch(WriteSet set, List<ColumnFamilyHandle> families) throws Exception {
        WriteBatch batch = new WriteBatch();
        for (WriteSet.Change change : set.changes()) {
            ColumnFamilyHandle family = families.get(change.table().ordinal());
            if (change instanceof WriteSet.Put put) {
                batch.put(family, put.key(), put.value());
            } else if (change instanceof WriteSet.Delete delete) {
                batch.delete(family, delete.key());
            } else if (change instanceof WriteSet.DeleteRange range) {
                batch.deleteRange(family, range.from(), range.to());
            }
        }
        return batch;
    }
}
