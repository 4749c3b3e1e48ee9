package dev.waggle.store.lane;

import dev.waggle.spec.RunsOn;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.InboxItem;
import dev.waggle.store.rules.InboxState;
import dev.waggle.store.storage.InboxRow;
import dev.waggle.store.storage.InboxRows;
import dev.waggle.store.storage.KeyRange;
import dev.waggle.store.storage.KeyReader;
import dev.waggle.store.storage.KeySchema;
import dev.waggle.store.storage.LogRows;
import dev.waggle.store.storage.Row;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageView;
import dev.waggle.store.storage.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds inboxes whose oldest entries are over the age, and has them trimmed like those with too many. Times stand in the
 * log; positions go by the order of commits, so a few probes find where the old ones end.
 */
@RunsOn("committer")
final class OldEntries implements Sweep.Walk {
    private static final Logger log = LoggerFactory.getLogger(OldEntries.class);

    /** Inboxes of one page, two or three reads each, and so trims of one group. */
    static final int PAGE_USERS = 64;

    /** A page ends when so many gaps are to be written: the most of one inbox at default limits. */
    private static final int PAGE_GAPS = 10_000;

    /** An inbox is let be until its oldest entry is over the age by this part of it: a day of a month. */
    private static final int SLACK_PART = 30;

    private final Trimming trimming;
    private final long ageMillis;

    OldEntries(Trimming trimming, Duration age) {
        this.trimming = trimming;
        this.ageMillis = age.toMillis();
    }

    /** An inbox and what is to become of it. */
    private record Trim(UserId user, long upTo, List<InboxItem.Missing> gaps) {}

    @Override
    public Sweep.Page read(StorageView view, byte[] from, long now) throws StorageFailure {
        List<Trim> trims = new ArrayList<>();
        int gaps = 0;
        byte[] at = from;
        for (int users = 0; users < PAGE_USERS && gaps < PAGE_GAPS; users++) {
            Row first = firstFrom(view, Table.INBOX, at);
            if (first == null) {
                at = new byte[0];
                break;
            }
            UserId user = owner(first.key());
            byte @Nullable [] behind =
                    user == null ? null : KeySchema.inbox(user).to();
            at = behind == null ? Arrays.copyOf(first.key(), first.key().length + 1) : behind;
            Trim trim = user == null ? null : trim(view, user, first, now);
            if (trim != null) {
                trims.add(trim);
                gaps += trim.gaps.size();
            }
        }
        return new Sweep.Page(
                at,
                trims.size() > PAGE_USERS / 2,
                () -> trims.forEach(trim -> trimming.trim(trim.user, trim.upTo, trim.gaps)));
    }

    private @Nullable Trim trim(StorageView view, UserId user, Row first, long now) {
        try {
            boolean maybe = InboxRows.decode(user, first.key(), first.value()) instanceof InboxRow.Gap
                    || isOlder(view, user, InboxRows.position(first.key()), now - ageMillis - ageMillis / SLACK_PART);
            if (!maybe || !(HeadReader.onDisk(view).read(user) instanceof InboxState state)) {
                return null;
            }
            long upTo = oldUpTo(view, state, now);
            if (upTo == 0) {
                return null;
            }
            return new Trim(user, upTo, Trimming.gaps(view, user, Math.min(state.doneUpTo(), upTo), upTo));
        } catch (StorageFailure damaged) {
            log.warn("inbox of {} not looked through: {}", user, damaged.getMessage());
            return null;
        }
    }

    /** The last position of those that are over the age, or 0 if the first is not yet. */
    private long oldUpTo(StorageView view, InboxState state, long now) throws StorageFailure {
        if (!isOlder(view, state.user(), state.first(), now - ageMillis - ageMillis / SLACK_PART)) {
            return 0;
        }
        long old = state.first();
        long young = state.last() + 1;
        while (young - old > 1) {
            long middle = old + (young - old) / 2;
            if (isOlder(view, state.user(), middle, now - ageMillis)) {
                old = middle;
            } else {
                young = middle;
            }
        }
        return old;
    }

    /** False also for what is no entry. A message that is gone was older than those that its conversation keeps. */
    private static boolean isOlder(StorageView view, UserId user, long position, long than) throws StorageFailure {
        byte[] key = KeySchema.inbox(user, position);
        byte[] row = view.get(Table.INBOX, key);
        if (row == null || !(InboxRows.decode(user, key, row) instanceof InboxRow.Pointer pointer)) {
            return false;
        }
        byte[] logKey = KeySchema.log(pointer.conversation(), pointer.seq());
        byte[] entry = view.get(Table.LOG, logKey);
        return entry == null
                || LogRows.decode(pointer.conversation(), logKey, entry).ts() < than;
    }

    /** The first row of a table at or behind a key, or null. */
    static @Nullable Row firstFrom(StorageView view, Table table, byte[] from) throws StorageFailure {
        Row[] first = new Row[1];
        view.scan(table, new KeyRange(from, null), StorageView.Direction.ASCENDING, (key, value) -> {
            first[0] = new Row(key, value);
            return false;
        });
        return first[0];
    }

    /** Whose inbox a row belongs to, or null if nobody's. */
    private static @Nullable UserId owner(byte[] key) {
        try {
            return new KeyReader(key).user();
        } catch (StorageFailure damaged) {
            log.warn("left alone: {}", damaged.getMessage());
            return null;
        }
    }
}
