package dev.waggle.store.memory;

import dev.waggle.store.storage.KeyRange;
import dev.waggle.store.storage.Row;
import dev.waggle.store.storage.StorageView.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * One ordered table that keeps what each key was at every version, so that a snapshot is a number. One writer, any
 * number of readers.
 */
final class VersionedTable {

    /** A value since a version, null for a deletion, and what was there before. */
    private record Version(
            long number, byte @Nullable [] value, @Nullable Version older) {}

    private final ConcurrentNavigableMap<byte[], Version> rows = new ConcurrentSkipListMap<>(Arrays::compareUnsigned);

    VersionedTable(Map<byte[], byte[]> content) {
        content.forEach((key, value) -> rows.put(key, new Version(0, value, null)));
    }

    void put(long version, byte[] key, byte @Nullable [] value) {
        rows.compute(key, (same, older) -> new Version(version, value, older));
    }

    void deleteRange(long version, KeyRange range) {
        Collection<byte[]> keys = new ArrayList<>(part(range).keySet());
        keys.forEach(key -> put(version, key, null));
    }

    byte @Nullable [] get(long version, byte[] key) {
        return at(version, rows.get(key));
    }

    /** Rows of a range that are there at a version, at most so many. */
    List<Row> rows(long version, KeyRange range, Direction direction, int most) {
        if (range.isEmpty()) {
            return List.of();
        }
        NavigableMap<byte[], Version> part = part(range);
        List<Row> found = new ArrayList<>();
        for (Map.Entry<byte[], Version> entry :
                (direction == Direction.ASCENDING ? part : part.descendingMap()).entrySet()) {
            byte[] value = at(version, entry.getValue());
            if (value != null) {
                found.add(new Row(entry.getKey().clone(), value.clone()));
                if (found.size() == most) {
                    break;
                }
            }
        }
        return found;
    }

    /** All of a version as a plain map. */
    NavigableMap<byte[], byte[]> content(long version) {
        NavigableMap<byte[], byte[]> content = new TreeMap<>(Arrays::compareUnsigned);
        rows(version, KeyRange.ALL, Direction.ASCENDING, Integer.MAX_VALUE)
                .forEach(row -> content.put(row.key(), row.value()));
        return content;
    }

    private NavigableMap<byte[], Version> part(KeyRange range) {
        byte[] to = range.to();
        return to == null ? rows.tailMap(range.from(), true) : rows.subMap(range.from(), true, to, false);
    }

    private static byte @Nullable [] at(long version, @Nullable Version newest) {
        Version one = newest;
        while (one != null && one.number > version) {
            one = one.older;
        }
        return one == null ? null : one.value;
    }
}
