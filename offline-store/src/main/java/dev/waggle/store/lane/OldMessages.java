package dev.waggle.store.lane;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.HistoryLimits;
import dev.waggle.spec.RunsOn;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.store.storage.KeyReader;
import dev.waggle.store.storage.KeySchema;
import dev.waggle.store.storage.LogRows;
import dev.waggle.store.storage.Row;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageView;
import dev.waggle.store.storage.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds conversations that keep too many entries, or too old ones, and has their oldest ones trimmed. Seqs have no
 * holes and times never fall, so the ends of a conversation and a few probes between them tell.
 */
@RunsOn("committer")
final class OldMessages implements Sweep.Walk {
    private static final Logger log = LoggerFactory.getLogger(OldMessages.class);

    /** Conversations of one page, two or three reads each, and so trims of one group. */
    static final int PAGE_CONVERSATIONS = 64;

    /** Entries of one trim: the committer looks for each of them in its cache. The rest has its turn in the next page. */
    static final int MOST_TRIMMED = 10_000;

    /** One in so many over the limit is let be, so that the cost of a trim is shared by many entries. */
    private static final int SLACK_PART = 10;

    private static final int LEAST_SLACK = 64;

    /** A conversation is let be until its oldest entry is over the age by this part of it. */
    private static final int AGE_SLACK_PART = 30;

    private final Trimming trimming;
    private final int mostEntries;
    private final long ageMillis;

    OldMessages(Trimming trimming, HistoryLimits limits) {
        this.trimming = trimming;
        this.mostEntries = limits.entries();
        this.ageMillis = limits.age().toMillis();
    }

    @Override
    public Sweep.Page read(StorageView view, byte[] from, long now) throws StorageFailure {
        List<Command.TrimLog> trims = new ArrayList<>();
        byte[] at = from;
        for (int i = 0; i < PAGE_CONVERSATIONS; i++) {
            Row first = OldEntries.firstFrom(view, Table.LOG, at);
            if (first == null) {
                at = new byte[0];
                break;
            }
            ConversationId conversation = conversation(first.key());
            byte @Nullable [] behind =
                    conversation == null ? null : KeySchema.log(conversation).to();
            at = behind == null ? Arrays.copyOf(first.key(), first.key().length + 1) : behind;
            Command.TrimLog trim = conversation == null ? null : trim(view, conversation, first, now);
            if (trim != null) {
                trims.add(trim);
                if (trim.upTo() - trim.from() == MOST_TRIMMED - 1) {
                    at = KeySchema.log(trim.conversation(), trim.upTo() + 1);
                }
            }
        }
        return new Sweep.Page(at, trims.size() > PAGE_CONVERSATIONS / 2, () -> trims.forEach(trimming::trim));
    }

    private Command.@Nullable TrimLog trim(StorageView view, ConversationId conversation, Row firstRow, long now) {
        try {
            Row lastRow = view.last(Table.LOG, KeySchema.log(conversation));
            if (lastRow == null) {
                return null;
            }
            long first = LogRows.seq(firstRow.key());
            long last = LogRows.seq(lastRow.key());
            long upTo = Math.max(tooMany(first, last), tooOld(view, conversation, first, last, now));
            boolean bodyStays = upTo < last
                    || !(LogRows.decode(conversation, lastRow.key(), lastRow.value()) instanceof Event.MessageStored);
            if (bodyStays && Math.min(upTo, last - 1) < first) {
                return null;
            }
            return new Command.TrimLog(conversation, first, Math.min(upTo, first + MOST_TRIMMED - 1), now);
        } catch (StorageFailure damaged) {
            log.warn("{} not looked through: {}", conversation, damaged.getMessage());
            return null;
        }
    }

    private long tooMany(long first, long last) {
        long entries = last - first + 1;
        return entries > mostEntries + (long) Math.max(LEAST_SLACK, mostEntries / SLACK_PART) ? last - mostEntries : 0;
    }

    /** The last seq of those that are over the age, or 0 if the first is not yet. */
    private long tooOld(StorageView view, ConversationId conversation, long first, long last, long now)
            throws StorageFailure {
        if (!isOlder(view, conversation, first, now - ageMillis - ageMillis / AGE_SLACK_PART)) {
            return 0;
        }
        long old = first;
        long young = last + 1;
        while (young - old > 1) {
            long middle = old + (young - old) / 2;
            if (isOlder(view, conversation, middle, now - ageMillis)) {
                old = middle;
            } else {
                young = middle;
            }
        }
        return old;
    }

    private static boolean isOlder(StorageView view, ConversationId conversation, long seq, long than)
            throws StorageFailure {
        byte[] key = KeySchema.log(conversation, seq);
        byte[] row = view.get(Table.LOG, key);
        return row != null && LogRows.decode(conversation, key, row).ts() < than;
    }

    /** The conversation of a row, or null if it is none's. */
    private static @Nullable ConversationId conversation(byte[] key) {
        try {
            return new KeyReader(key).conversation();
        } catch (StorageFailure damaged) {
            log.warn("left alone: {}", damaged.getMessage());
            return null;
        }
    }
}
