package dev.waggle.store.reads;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.message.RecordKey;
import dev.waggle.store.Reads.RecordPage;
import dev.waggle.store.Reads.StoredRecord;
import dev.waggle.store.storage.KeyRange;
import dev.waggle.store.storage.KeySchema;
import dev.waggle.store.storage.RecordRow;
import dev.waggle.store.storage.Rows;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageView;
import dev.waggle.store.storage.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records: one, or those of a kind in the order of their keys. */
final class RecordsQuery {
    /** A page ends after so many bytes of values: 1,000 of the largest would be 64 MiB. */
    private static final int MOST_BYTES = 512 * 1_024;

    private RecordsQuery() {}

    static Optional<StoredRecord> one(StorageView view, RecordKey key) throws StorageFailure {
        byte[] row = KeySchema.record(key);
        byte[] value = view.get(Table.HEADS, row);
        return value == null ? Optional.empty() : Optional.of(stored(key, row, value));
    }

    static RecordPage page(StorageView view, String kind, Bytes prefix, @Nullable Bytes after, int limit)
            throws StorageFailure {
        List<StoredRecord> page = new ArrayList<>();
        long[] bytes = {0};
        boolean[] more = {false};
        view.scan(Table.HEADS, behind(kind, prefix, after), StorageView.Direction.ASCENDING, (key, value) -> {
            if (page.size() == limit || bytes[0] > MOST_BYTES) {
                more[0] = true;
                return false;
            }
            page.add(stored(KeySchema.recordKey(key), key, value));
            bytes[0] += value.length;
            return true;
        });
        return new RecordPage(page, more[0]);
    }

    private static KeyRange behind(String kind, Bytes prefix, @Nullable Bytes after) {
        KeyRange all = KeySchema.records(kind, prefix);
        if (after == null) {
            return all;
        }
        byte[] last = KeySchema.record(new RecordKey(kind, after));
        byte[] next = Arrays.copyOf(last, last.length + 1);
        return new KeyRange(Arrays.compareUnsigned(next, all.from()) > 0 ? next : all.from(), all.to());
    }

    private static StoredRecord stored(RecordKey key, byte[] row, byte[] value) throws StorageFailure {
        RecordRow found = Rows.RECORD.decode(row, value);
        return new StoredRecord(key, found.version(), found.value());
    }
}
