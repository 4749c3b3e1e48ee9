package dev.waggle.store.reads;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Answer;
import dev.waggle.spec.message.InboxItem;
import dev.waggle.spec.message.RecordKey;
import dev.waggle.store.Reads;
import dev.waggle.store.storage.CurrentStorage;
import dev.waggle.store.storage.KeySchema;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The queries. Any thread asks; a reader answers and completes the stage, from one snapshot that ends with the answer.
 * While the store is being opened again after a failure, stages fail.
 */
public final class StoreReads implements Reads {
    /** Queries at a time, asked and not answered, that a server with default limits should allow. */
    public static final int DEFAULT_QUEUE_LIMIT = 4_096;

    private static final int MOST_ITEMS = 512;
    private static final int MOST_ENTRIES = 200;
    private static final int MOST_CONVERSATIONS = 1_000;
    private static final int MOST_WATCHED = 256;
    private static final int MOST_MEMBERS = 1_000;
    private static final int MOST_RECORDS = 1_000;

    private final ReaderQueue queue;
    private final InstantSource clock;

    /**
     * @param readers run the queries; a small pool, because each blocks on the disk
     * @param queueLimit queries asked and not answered; one more fails at once
     * @param clock tells which messages have expired
     */
    public StoreReads(CurrentStorage current, Executor readers, int queueLimit, InstantSource clock) {
        this.queue = new ReaderQueue(current, readers, queueLimit);
        this.clock = clock;
    }

    /** Queries asked and not answered, for metrics. */
    public int waiting() {
        return queue.waiting();
    }

    @Override
    public CompletionStage<List<InboxItem>> backlog(UserId user, long after, int maxItems, int maxBytes) {
        require(maxItems, MOST_ITEMS, "maxItems");
        return queue.ask(view -> new BacklogQuery(view, user).after(after, maxItems, maxBytes));
    }

    @Override
    public CompletionStage<List<InboxItem>> urgent(UserId user, long after, int maxItems, int maxBytes) {
        require(maxItems, MOST_ITEMS, "maxItems");
        return queue.ask(view -> new BacklogQuery(view, user).urgent(after, maxItems, maxBytes));
    }

    @Override
    public CompletionStage<Answer<HistoryPage>> history(
            UserId reader, ConversationId conversation, @Nullable Long before, @Nullable Long after, int limit) {
        require(limit, MOST_ENTRIES, "limit");
        long now = clock.millis();
        return queue.ask(view -> new HistoryQuery(view, reader, conversation, now).page(before, after, limit));
    }

    @Override
    public CompletionStage<Answer<HistoryPage>> historyByTime(
            UserId reader, ConversationId conversation, @Nullable Long beforeTs, @Nullable Long afterTs, int limit) {
        require(limit, MOST_ENTRIES, "limit");
        long now = clock.millis();
        return queue.ask(view -> new HistoryQuery(view, reader, conversation, now).byTime(beforeTs, afterTs, limit));
    }

    @Override
    public CompletionStage<InboxPage> inbox(
            UserId user, @Nullable Long changedSince, @Nullable ConversationName after, int limit) {
        require(limit, MOST_CONVERSATIONS, "limit");
        long now = clock.millis();
        return queue.ask(view -> new ConversationsQuery(view, user, now).page(changedSince, after, limit));
    }

    @Override
    public CompletionStage<Answer<GroupPage>> group(UserId reader, GroupId group, @Nullable UserId after, int limit) {
        require(limit, MOST_MEMBERS, "limit");
        long now = clock.millis();
        return queue.ask(view -> GroupQuery.page(view, reader, group, after, limit, now));
    }

    @Override
    public CompletionStage<Audience> audience(ConversationId conversation) {
        return queue.ask(view -> AudienceQuery.of(view, conversation));
    }

    @Override
    public CompletionStage<MarkPage> marks(UserId user, long since, @Nullable ConversationName after, int mostMembers) {
        return queue.ask(view -> new MarksQuery(view, user, since, mostMembers).page(after));
    }

    @Override
    public CompletionStage<Map<UserId, Acquaintance>> acquaintances(UserId viewer, List<UserId> users) {
        require(users.size(), MOST_WATCHED, "users");
        return queue.ask(view -> new AcquaintanceQuery(view, viewer).of(users));
    }

    @Override
    public CompletionStage<OwnPage> own(UserId user, long since, @Nullable ConversationName after) {
        return queue.ask(view -> OwnQuery.page(view, user, since, after));
    }

    @Override
    public CompletionStage<Sleepers> sleepers(UserId user, long from, int limit) {
        require(limit, MOST_ITEMS, "limit");
        long now = clock.millis();
        return queue.ask(view -> new SleepersQuery(view, user, now).page(from, limit));
    }

    @Override
    public CompletionStage<List<KnownDevice>> devices(UserId user) {
        long now = clock.millis();
        return queue.ask(view -> new DevicesQuery(view, user, now).all());
    }

    @Override
    public CompletionStage<List<UserId>> duePushes(@Nullable UserId after, int limit) {
        require(limit, MOST_RECORDS, "limit");
        return queue.ask(view -> ListedUsersQuery.page(view, KeySchema.outboxes(after), limit));
    }

    @Override
    public CompletionStage<List<UserId>> shadowed(@Nullable UserId after, int limit) {
        require(limit, MOST_RECORDS, "limit");
        return queue.ask(view -> ListedUsersQuery.page(view, KeySchema.shadowedBehind(after), limit));
    }

    @Override
    public CompletionStage<Optional<StoredRecord>> record(RecordKey key) {
        return queue.ask(view -> RecordsQuery.one(view, key));
    }

    @Override
    public CompletionStage<RecordPage> records(String kind, Bytes prefix, @Nullable Bytes after, int limit) {
        require(limit, MOST_RECORDS, "limit");
        return queue.ask(view -> RecordsQuery.page(view, kind, prefix, after, limit));
    }

    private static void require(int value, int most, String name) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " must be 1…" + most + ", not " + value);
        }
    }
}
