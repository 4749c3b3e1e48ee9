package dev.waggle.store.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.store.storage.StorageView.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Changes by chance, and the sorted map that a storage must look like after them. Few keys, so that they meet often. */
final class RandomChanges {
    private final Random random;
    private final TreeMap<byte[], byte[]> expected = new TreeMap<>(Arrays::compareUnsigned);

    RandomChanges(long seed) {
        random = new Random(seed);
    }

    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    /** Up to twelve changes, already made in the map. */
    WriteSet next() {
        WriteSet set = new WriteSet();
        for (int i = random.nextInt(12); i >= 0; i--) {
            change(set);
        }
        return set;
    }

    /** Every key, and one range both ways. */
    void assertIn(StorageView view) throws StorageFailure {
        KeyRange range = KeyRange.of(key(), key());
        Map<byte[], byte[]> part = range.isEmpty() ? Map.of() : expected.subMap(range.from(), true, range.to(), false);
        List<String> keys = part.keySet().stream().map(KeyText::of).toList();
        List<String> seen = new ArrayList<>();
        view.scan(Table.LOG, range, Direction.ASCENDING, (key, value) -> {
            assertThat(value).isEqualTo(part.get(key));
            return seen.add(KeyText.of(key));
        });
        assertThat(seen).isEqualTo(keys);
        Row last = view.last(Table.LOG, range);
        assertThat(last == null ? null : KeyText.of(last.key()))
                .isEqualTo(keys.isEmpty() ? null : keys.get(keys.size() - 1));
        for (Map.Entry<byte[], byte[]> one : expected.entrySet()) {
            assertThat(view.get(Table.LOG, one.getKey())).isEqualTo(one.getValue());
        }
    }

    private void change(WriteSet set) {
        byte[] key = key();
        int what = random.nextInt(10);
        if (what < 7) {
            byte[] value = new byte[random.nextInt(40)];
            random.nextBytes(value);
            set.put(Table.LOG, key, value);
            expected.put(key, value);
        } else if (what < 9) {
            set.delete(Table.LOG, key);
            expected.remove(key);
        } else {
            KeyRange range = KeyRange.of(key, key());
            set.deleteRange(Table.LOG, range);
            if (!range.isEmpty()) {
                expected.subMap(range.from(), true, range.to(), false).clear();
            }
        }
    }

    private byte[] key() {
        byte[] key = new byte[1 + random.nextInt(2)];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (random.nextInt(6) * 51);
        }
        return key;
    }
}
