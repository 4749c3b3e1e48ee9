package dev.waggle.broker.testkit;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Answer;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.InboxItem;
import dev.waggle.spec.message.RecordKey;
import dev.waggle.spec.message.Rejection;
import dev.waggle.spec.message.Reply;
import dev.waggle.store.ChatStore;
import dev.waggle.store.Outcome;
import dev.waggle.store.Reads;
import dev.waggle.store.StoreProblem;
import dev.waggle.store.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A store that does nothing by itself: it keeps what was submitted, and the test says what became of it. For failures and
 * orders of events that the real store shows only by chance.
 */
public final class ScriptedStore implements ChatStore, Reads {
    /** A command and who waits for its outcome. */
    public record Submission(Command command, Ticket ticket) {
        public void accept(Reply reply) {
            ticket.settled(new Outcome.Accepted(reply));
        }

        public void sent(long seq) {
            accept(new Reply.Sent(seq, 1_000 + seq));
        }

        public void reject(Rejection rejection) {
            ticket.settled(new Outcome.Rejected(rejection));
        }

        public void fail() {
            ticket.settled(new Outcome.Failed("disk full"));
        }
    }

    public final List<Submission> submissions = new ArrayList<>();
    public boolean full;
    /** As many submissions as it holds at a time. */
    public int room = Integer.MAX_VALUE;

    public List<StoreProblem> problems = List.of();

    /** The oldest submission that was not taken yet. */
    public Submission next() {
        return submissions.remove(0);
    }

    /** Answers an OpenSession for a device without a record. */
    public void openTransient() {
        next().accept(new Reply.SessionOpened(
                false, 0, List.of(), DeviceProgress.at(0), 0, 0, 0, Map.of(), Set.of(), Set.of()));
    }

    /** Answers an OpenSession for a device with a record. */
    public void openDurable(Integer... openPackets) {
        next().accept(new Reply.SessionOpened(
                true, 1, List.of(), DeviceProgress.at(0), 0, 0, 0, Map.of(), Set.of(), Set.of(openPackets)));
    }

    @Override
    public boolean submit(Object source, Command command, Ticket ticket) {
        return !full && submissions.size() < room && submissions.add(new Submission(command, ticket));
    }

    @Override
    public Reads reads() {
        return this;
    }

    @Override
    public List<StoreProblem> problems() {
        return problems;
    }

    @Override
    public void close() {}

    @Override
    public CompletionStage<List<InboxItem>> backlog(UserId user, long after, int maxItems, int maxBytes) {
        return CompletableFuture.completedStage(List.of());
    }

    @Override
    public CompletionStage<List<InboxItem>> urgent(UserId user, long after, int maxItems, int maxBytes) {
        return CompletableFuture.completedStage(List.of());
    }

    @Override
    public CompletionStage<Answer<HistoryPage>> history(
            UserId reader, ConversationId conversation, @Nullable Long before, @Nullable Long after, int limit) {
        throw new AssertionError("this store answers backlogs only");
    }

    @Override
    public CompletionStage<OwnPage> own(UserId user, long since, @Nullable ConversationName after) {
        throw new AssertionError("this store answers backlogs only");
    }

    @Override
    public CompletionStage<Answer<HistoryPage>> historyByTime(
            UserId reader, ConversationId conversation, @Nullable Long beforeTs, @Nullable Long afterTs, int limit) {
        throw new AssertionError("this store answers backlogs only");
    }

    @Override
    public CompletionStage<InboxPage> inbox(
            UserId user, @Nullable Long changedSince, @Nullable ConversationName after, int limit) {
        throw new AssertionError("this store answers backlogs only");
    }

    @Override
    public CompletionStage<Answer<GroupPage>> group(UserId reader, GroupId group, @Nullable UserId after, int limit) {
        throw new AssertionError("this store answers backlogs only");
    }

    @Override
    public CompletionStage<Audience> audience(ConversationId conversation) {
        return CompletableFuture.completedStage(new Audience(List.of(), Map.of()));
    }

    @Override
    public CompletionStage<Sleepers> sleepers(UserId user, long from, int limit) {
        throw new AssertionError("this store answers backlogs only");
    }

    @Override
    public CompletionStage<List<KnownDevice>> devices(UserId user) {
        throw new AssertionError("this store answers backlogs only");
    }

    @Override
    public CompletionStage<List<UserId>> duePushes(@Nullable UserId after, int limit) {
        return CompletableFuture.completedStage(List.of());
    }

    @Override
    public CompletionStage<List<UserId>> shadowed(@Nullable UserId after, int limit) {
        return CompletableFuture.completedStage(List.of());
    }

    @Override
    public CompletionStage<MarkPage> marks(UserId user, long since, @Nullable ConversationName after, int mostMembers) {
        return CompletableFuture.completedStage(new MarkPage(List.of(), null));
    }

    @Override
    public CompletionStage<Map<UserId, Acquaintance>> acquaintances(UserId viewer, List<UserId> users) {
        return CompletableFuture.completedStage(Map.of());
    }

    @Override
    public CompletionStage<Optional<StoredRecord>> record(RecordKey key) {
        throw new AssertionError("this store answers backlogs only");
    }

    @Override
    public CompletionStage<RecordPage> records(String kind, Bytes prefix, @Nullable Bytes after, int limit) {
        throw new AssertionError("this store answers backlogs only");
    }
}
