package dev.waggle.store.reads;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Mark;
import dev.waggle.spec.message.OwnSettings;
import dev.waggle.store.Reads.ConversationSummary;
import dev.waggle.store.Reads.InboxPage;
import dev.waggle.store.storage.KeyRange;
import dev.waggle.store.storage.KeySchema;
import dev.waggle.store.storage.LogRows;
import dev.waggle.store.storage.Rows;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageView;
import dev.waggle.store.storage.StorageView.Direction;
import dev.waggle.store.storage.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The conversations of one user, in order of their names, with how far the user has come. A group that the user is no
 * longer in has a mark still, but is not shown.
 */
final class ConversationsQuery {
    /** Counting stops here: the most that a conversation keeps. */
    private static final int MOST_UNREAD = 10_000;

    /** Entries looked at for one page, so that no question keeps a reader for long; then the page ends. */
    private static final int MOST_LOOKED_AT = 100_000;

    private final StorageView view;
    private final UserId user;
    private final long now;
    private int lookedAt;

    ConversationsQuery(StorageView view, UserId user, long now) {
        this.view = view;
        this.user = user;
        this.now = now;
    }

    InboxPage page(@Nullable Long changedSince, @Nullable ConversationName after, int limit) throws StorageFailure {
        List<ConversationSummary> page = new ArrayList<>();
        boolean[] more = {false};
        view.scan(Table.HEADS, KeySchema.marksBehind(user, after), Direction.ASCENDING, (key, value) -> {
            if (lookedAt >= MOST_LOOKED_AT && !page.isEmpty()) {
                more[0] = true;
                return false;
            }
            ConversationSummary summary = summary(KeySchema.markName(user, key), changedSince, key, value);
            if (summary != null && page.size() == limit) {
                more[0] = true;
                return false;
            }
            if (summary != null) {
                page.add(summary);
            }
            return true;
        });
        return new InboxPage(page, more[0]);
    }

    /** Unread messages of all conversations, as far as one page looks. */
    long unread() throws StorageFailure {
        long[] sum = {0};
        view.scan(Table.HEADS, KeySchema.marksBehind(user, null), Direction.ASCENDING, (key, value) -> {
            ConversationId conversation = KeySchema.markName(user, key).of(user);
            End end = new End(conversation, Rows.MARK.decode(key, value), null);
            if (end.look() && end.unread > 0 && isMember(conversation)) {
                sum[0] += end.unread;
            }
            return lookedAt < MOST_LOOKED_AT && sum[0] < MOST_UNREAD;
        });
        return sum[0];
    }

    /** Null if the conversation is not to be shown. */
    private @Nullable ConversationSummary summary(
            ConversationName name, @Nullable Long changedSince, byte[] key, byte[] value) throws StorageFailure {
        ConversationId conversation = name.of(user);
        Mark mark = Rows.MARK.decode(key, value);
        End end = new End(conversation, mark, changedSince);
        if (!end.look() || !isMember(conversation)) {
            return null;
        }
        if (end.unread == 0 && mark.delivered() < mark.firstSeq() && seesNothing(conversation, mark, end)) {
            return null; // all that was ever said there is hidden
        }
        OwnSettings own = end.own();
        return new ConversationSummary(
                name, end.seq, end.ts, mark.delivered(), mark.read(), end.unread, own.mutedUntil(now), own.level());
    }

    private boolean seesNothing(ConversationId conversation, Mark mark, End end) throws StorageFailure {
        if (end.visible || !(conversation instanceof ConversationId.Direct)) {
            return false;
        }
        boolean[] nothing = {true};
        KeyRange read = KeySchema.log(conversation, mark.firstSeq(), end.from);
        view.scan(Table.LOG, read, Direction.ASCENDING, (key, value) -> {
            lookedAt++;
            nothing[0] = LogRows.decode(conversation, key, value).hiddenFrom().contains(user);
            return nothing[0];
        });
        return nothing[0];
    }

    private boolean isMember(ConversationId conversation) throws StorageFailure {
        return !(conversation instanceof ConversationId.Group group)
                || GroupQuery.member(view, group.group(), user) != null;
    }

    /** What stands at the end of a conversation, down to what the user has read: one look from the last entry backwards. */
    private final class End {
        private final ConversationId conversation;
        private final @Nullable Long changedSince;
        private final long from;
        private long seq;
        private long ts;
        private long unread;
        /** Something there is not hidden from the user. */
        private boolean visible;

        private boolean shown;
        private @Nullable OwnSettings own;

        End(ConversationId conversation, Mark mark, @Nullable Long changedSince) {
            this.conversation = conversation;
            this.changedSince = changedSince;
            this.from = Math.max(mark.firstSeq(), mark.read() + 1);
        }

        /** False if there is nothing, or nothing new. */
        boolean look() throws StorageFailure {
            view.scan(Table.LOG, KeySchema.log(conversation), Direction.DESCENDING, (key, value) -> {
                Event.LogEntry entry = LogRows.decode(conversation, key, value);
                if (seq == 0) {
                    seq = entry.seq();
                    ts = entry.ts();
                    shown = changedSince == null || ts > changedSince;
                }
                if (!shown || entry.seq() < from) {
                    return false;
                }
                lookedAt++;
                boolean hidden = entry.hiddenFrom().contains(user);
                visible |= !hidden;
                if (!hidden && isUnread(entry)) {
                    unread++;
                }
                return unread < MOST_UNREAD;
            });
            return shown;
        }

        private boolean isUnread(Event.LogEntry entry) throws StorageFailure {
            return entry instanceof Event.MessageStored
                    && !entry.from().user().equals(user)
                    && !Expiry.isOver(entry, now)
                    && !own().hides(entry);
        }

        private OwnSettings own() throws StorageFailure {
            OwnSettings known = own;
            if (known == null) {
                known = OwnQuery.of(view, user, conversation);
                own = known;
            }
            return known;
        }
    }
}
