package dev.waggle.store.reads;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Mark;
import dev.waggle.spec.message.OwnSettings;
import dev.waggle.store.Reads.ConversationSummary;
import dev.waggle.store.Reads.InboxPage;
import dev.waggle.store.storage.KeySchema;
import dev.waggle.store.storage.LogRows;
import dev.waggle.store.storage.Row;
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
            Mark mark = Rows.MARK.decode(key, value);
            long from = Math.max(mark.firstSeq(), mark.read() + 1);
            long unread = unread(conversation, from, OwnQuery.of(view, user, conversation));
            if (unread > 0 && isMember(conversation)) {
                sum[0] += unread;
            }
            return lookedAt < MOST_LOOKED_AT && sum[0] < MOST_UNREAD;
        });
        return sum[0];
    }

    /** Null if the conversation is not to be shown. */
    private @Nullable ConversationSummary summary(
            ConversationName name, @Nullable Long changedSince, byte[] key, byte[] value) throws StorageFailure {
        ConversationId conversation = name.of(user);
        Row last = view.last(Table.LOG, KeySchema.log(conversation));
        if (last == null) {
            return null;
        }
        long lastTs = LogRows.decode(conversation, last.key(), last.value()).ts();
        if ((changedSince != null && lastTs <= changedSince) || !isMember(conversation)) {
            return null;
        }
        Mark mark = Rows.MARK.decode(key, value);
        OwnSettings own = OwnQuery.of(view, user, conversation);
        long unread = unread(conversation, Math.max(mark.firstSeq(), mark.read() + 1), own);
        if (unread == 0 && mark.delivered() < mark.firstSeq() && seesNothing(conversation, mark.firstSeq())) {
            return null; // all that was ever said there is hidden
        }
        return new ConversationSummary(
                name,
                LogRows.seq(last.key()),
                lastTs,
                mark.delivered(),
                mark.read(),
                unread,
                own.mutedUntil(now),
                own.level());
    }

    private boolean seesNothing(ConversationId conversation, long from) throws StorageFailure {
        boolean[] nothing = {conversation instanceof ConversationId.Direct};
        if (nothing[0]) {
            view.scan(
                    Table.LOG, KeySchema.log(conversation, from, Long.MAX_VALUE), Direction.ASCENDING, (key, value) -> {
                        lookedAt++;
                        nothing[0] = LogRows.decode(conversation, key, value)
                                .hiddenFrom()
                                .contains(user);
                        return nothing[0];
                    });
        }
        return nothing[0];
    }

    private boolean isMember(ConversationId conversation) throws StorageFailure {
        return !(conversation instanceof ConversationId.Group group)
                || GroupQuery.member(view, group.group(), user) != null;
    }

    private long unread(ConversationId conversation, long from, OwnSettings own) throws StorageFailure {
        int[] count = {0};
        view.scan(Table.LOG, KeySchema.log(conversation, from, Long.MAX_VALUE), Direction.ASCENDING, (key, value) -> {
            lookedAt++;
            Event.LogEntry entry = LogRows.decode(conversation, key, value);
            if (entry instanceof Event.MessageStored
                    && !entry.from().user().equals(user)
                    && !Expiry.isOver(entry, now)
                    && !entry.hiddenFrom().contains(user)
                    && !own.hides(entry)) {
                count[0]++;
            }
            return count[0] < MOST_UNREAD;
        });
        return count[0];
    }
}
