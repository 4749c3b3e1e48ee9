package dev.waggle.store.lane;

import dev.waggle.spec.RunsOn;
import dev.waggle.store.storage.KeyRange;
import dev.waggle.store.storage.Rows;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageView;
import dev.waggle.store.storage.Table;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the rows of idempotency keys that have expired. They count as absent, so this changes no decision and is no
 * command: the deletions ride in whatever group comes next, unsynced if it has nothing else.
 */
@RunsOn("committer")
final class ExpiredKeys implements Sweep.Walk {
    private static final Logger log = LoggerFactory.getLogger(ExpiredKeys.class);

    /** Rows of one page, and so deletions of one group: a millisecond of its write. */
    static final int PAGE_ROWS = 1_024;

    /** How long a row stays when it has expired: longer than a command waits, or a clock is set back by the hour. */
    static final long GRACE_MILLIS = 2 * 3_600_000;

    private final Group group;
    /**
     * Expired keys that were used again since the page was asked for: their rows are younger than the page. One more than
     * a page has rows means too many to tell: the page is let be.
     */
    private final Set<ByteBuffer> renewed = new HashSet<>();

    ExpiredKeys(Group group) {
        this.group = group;
    }

    /** An expired key is used again: its row must not go, whatever a page that is being read says. */
    void renewed(byte[] key) {
        if (renewed.size() <= PAGE_ROWS) {
            renewed.add(ByteBuffer.wrap(key));
        }
    }

    @Override
    public void begin() {
        renewed.clear();
    }

    @Override
    public Sweep.Page read(StorageView view, byte[] from, long now) throws StorageFailure {
        List<byte[]> expired = new ArrayList<>();
        int[] rows = {0};
        byte[][] next = {new byte[0]};
        view.scan(Table.KEYS, new KeyRange(from, null), StorageView.Direction.ASCENDING, (key, value) -> {
            if (rows[0] == PAGE_ROWS) {
                next[0] = key;
                return false;
            }
            rows[0]++;
            if (isOver(key, value, now)) {
                expired.add(key);
            }
            return true;
        });
        return new Sweep.Page(next[0], expired.size() > PAGE_ROWS / 2, () -> delete(expired));
    }

    private static boolean isOver(byte[] key, byte[] value, long now) {
        try {
            return Rows.KEY.decode(key, value).expiresAt() + GRACE_MILLIS <= now;
        } catch (StorageFailure damaged) {
            log.warn("left alone: {}", damaged.getMessage());
            return false;
        }
    }

    private void delete(List<byte[]> expired) {
        if (renewed.size() <= PAGE_ROWS) {
            for (byte[] key : expired) {
                if (!renewed.contains(ByteBuffer.wrap(key))) {
                    group.writes.delete(Table.KEYS, key);
                }
            }
        }
    }
}
