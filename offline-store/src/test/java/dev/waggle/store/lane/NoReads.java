package dev.waggle.store.lane;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Answer;
import dev.waggle.spec.message.InboxItem;
import dev.waggle.store.Reads;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** For tests that ask nothing. */
final class NoReads implements Reads {
    @Override
    public CompletionStage<List<InboxItem>> backlog(UserId user, long after, int maxItems, int maxBytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Answer<HistoryPage>> history(
            UserId reader, ConversationId conversation, @Nullable Long before, @Nullable Long after, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<InboxPage> inbox(
            UserId user, @Nullable Long changedSince, @Nullable ConversationName after, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Answer<GroupPage>> group(UserId reader, GroupId group, @Nullable UserId after, int limit) {
        throw new UnsupportedOperationException();
    }
}
