package dev.waggle.broker.session;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Answer;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.InboxItem;
import dev.waggle.store.Reads;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Backlogs of what was committed since the start. */
final class ToldReads implements Reads {
    private final Map<UserId, List<InboxItem>> inboxes = new HashMap<>();

    void told(List<Event.OfInbox> events) {
        for (Event.OfInbox event : events) {
            if (event instanceof Event.EntryAdded added) {
                inboxes.computeIfAbsent(added.user(), user -> new ArrayList<>())
                        .add(new InboxItem.Entry(added.position(), added.entry()));
            }
        }
    }

    @Override
    public CompletionStage<List<InboxItem>> backlog(UserId user, long after, int maxItems, int maxBytes) {
        return CompletableFuture.completedStage(inboxes.getOrDefault(user, List.of()).stream()
                .filter(item -> item.position() > after)
                .limit(maxItems)
                .toList());
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
