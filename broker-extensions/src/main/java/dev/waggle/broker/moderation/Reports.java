package dev.waggle.broker.moderation;

import dev.waggle.broker.moderation.Report.Cause;
import dev.waggle.broker.moderation.Report.Closing;
import dev.waggle.broker.moderation.Report.Evidence;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Answer;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.RecordKey;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import dev.waggle.spec.message.SendKey;
import dev.waggle.store.ChatStore;
import dev.waggle.store.Outcome;
import dev.waggle.store.Reads.HistoryPage;
import dev.waggle.store.Reads.StoredRecord;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The moderators' queue, kept as records of the store, kind {@code report}. Which there are is read at the first use, and
 * known from then on. Any thread; never waits.
 */
public final class Reports implements Flags {
    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

    /** Part of the format on disk. */
    private static final String KIND = "report";

    private static final int PAGE = 1_000;
    private static final int SPAN = 200;
    private static final Rejection UNREADABLE =
            Rejection.of(Refusal.UNAVAILABLE, "the reports cannot be read or kept now; try again");

    private final ChatStore store;
    private final InstantSource clock;
    private final SecureRandom random;
    private final ReportQueue queue;
    private @Nullable CompletableFuture<Reports> loaded;

    /** @param mostOpen reports that wait at a time */
    public Reports(ChatStore store, InstantSource clock, SecureRandom random, int mostOpen) {
        this.store = store;
        this.clock = clock;
        this.random = random;
        this.queue = new ReportQueue(mostOpen);
    }

    /**
     * A user reports messages that it sees.
     *
     * @param key a repeat with it has the same answer
     * @return the id of the report
     */
    public CompletionStage<Answer<String>> report(
            UserId reporter, @Nullable SendKey key, ConversationId conversation, SeqRanges seqs, String reason) {
        String id = key == null ? ReportIds.fresh(random) : ReportIds.of(reporter, key);
        Bytes request = ReportIds.request(conversation, seqs, reason);
        return ready().thenCompose(ready -> {
                    Report before = known(id);
                    if (before != null) {
                        return done(
                                before.request().equals(request)
                                        ? Answer.of(id)
                                        : Answer.refused(
                                                Refusal.ID_REUSED,
                                                "this idempotency key was used for another request; take a new one"));
                    }
                    return store.reads()
                            .history(reporter, conversation, null, seqs.first() - 1, SPAN)
                            .thenCompose(page -> page.fold(
                                    seen -> keep(new Report(
                                            id,
                                            clock.millis(),
                                            reporter,
                                            Cause.USER,
                                            conversation,
                                            reason,
                                            request,
                                            exhibits(seen, seqs),
                                            null)),
                                    refused -> done(Answer.refused(refused))));
                })
                .exceptionally(failure -> Answer.refused(UNREADABLE));
    }

    /** A rule found something in a message that is stored. What there is no room for is written down, and no more. */
    @Override
    public void flag(Cause cause, String found, Event.MessageStored message) {
        Bytes request = ReportIds.request(message.conversation(), SeqRanges.of(message.seq(), message.seq()), found);
        String id = ReportIds.of(request);
        CompletionStage<Answer<String>> unused = ready().thenCompose(ready -> known(id) != null
                        ? done(Answer.of(id))
                        : keep(new Report(
                                id,
                                clock.millis(),
                                null,
                                cause,
                                message.conversation(),
                                found,
                                request,
                                Exhibits.of(List.of(message), SeqRanges.of(message.seq(), message.seq())),
                                null)))
                .exceptionally(failure -> Answer.refused(UNREADABLE))
                .whenComplete((answer, none) -> {
                    if (answer instanceof Answer.Refused<String> refused) {
                        LOG.warn(
                                "message {} of {}, which a rule found, is not reported: {}",
                                message.seq(),
                                message.conversation(),
                                refused.rejection().message());
                    }
                });
    }

    private static List<Evidence> exhibits(HistoryPage page, SeqRanges seqs) {
        return Exhibits.of(page.entries(), seqs);
    }

    private CompletionStage<Answer<String>> keep(Report report) {
        if (report.evidence().isEmpty()) {
            return done(Answer.refused(Refusal.NOT_FOUND, "none of these seqs is a message that you see"));
        }
        synchronized (this) {
            Rejection full = queue.find(report.id()) != null ? null : queue.refusal(report.reporter(), clock.millis());
            if (full != null) {
                return done(Answer.refused(full));
            }
            queue.put(report);
        }
        return put(report.id(), 0, ReportForm.encode(report)).thenApply(stored -> {
            if (!stored) {
                forget(report.id());
            }
            return stored ? Answer.of(report.id()) : Answer.refused(UNREADABLE);
        });
    }

    /** Those that are wanted, the oldest first, without their messages. */
    public CompletionStage<List<Report>> list(Predicate<Report> wanted, @Nullable String after, int limit) {
        return ready().thenApply(ready -> {
            synchronized (this) {
                return queue.list(wanted, after, limit);
            }
        });
    }

    /** With its messages. */
    public CompletionStage<Optional<Report>> find(String id) {
        return ReportIds.isOne(id)
                ? store.reads().record(RecordKey.of(KIND, id)).thenApply(found -> found.flatMap(Reports::read))
                : done(Optional.empty());
    }

    /** Closes one that is open. */
    public CompletionStage<Answer<Report>> close(String id, Closing closing) {
        return ready().thenCompose(ready -> store.reads().record(RecordKey.of(KIND, id)))
                .thenCompose(found -> {
                    Optional<Report> report = found.flatMap(Reports::read);
                    if (found.isEmpty() || report.isEmpty()) {
                        return done(Answer.<Report>refused(Refusal.NOT_FOUND, "there is no such report"));
                    }
                    if (report.get().closing() != null) {
                        return done(Answer.<Report>refused(Refusal.EXISTS, "the report is closed already"));
                    }
                    Report closed = report.get().closed(closing);
                    return put(id, found.get().version(), ReportForm.encode(closed))
                            .thenApply(stored -> stored ? settled(closed) : Answer.<Report>refused(UNREADABLE));
                })
                .exceptionally(failure -> Answer.refused(UNREADABLE));
    }

    private Answer<Report> settled(Report closed) {
        List<String> surplus;
        synchronized (this) {
            queue.put(closed);
            surplus = queue.surplus();
            surplus.forEach(queue::remove);
        }
        surplus.forEach(this::drop);
        return Answer.of(closed);
    }

    private void drop(String id) {
        RecordKey key = RecordKey.of(KIND, id);
        CompletionStage<Boolean> unused = store.reads()
                .record(key)
                .thenCompose(found ->
                        found.isEmpty() ? done(true) : put(id, found.get().version(), null));
    }

    /** How many wait, once they are known. */
    public synchronized int open() {
        return queue.open();
    }

    private synchronized @Nullable Report known(String id) {
        return queue.find(id);
    }

    private synchronized void forget(String id) {
        queue.remove(id);
    }

    private synchronized CompletionStage<Reports> ready() {
        CompletableFuture<Reports> reading = loaded;
        if (reading == null || reading.isCompletedExceptionally()) {
            reading = load(null).thenApply(all -> this).toCompletableFuture();
            loaded = reading;
        }
        return reading;
    }

    private CompletionStage<Boolean> load(@Nullable Bytes after) {
        return store.reads().records(KIND, Bytes.EMPTY, after, PAGE).thenCompose(page -> {
            synchronized (this) {
                page.records().forEach(record -> read(record).ifPresent(queue::put));
            }
            return page.more() && !page.records().isEmpty()
                    ? load(page.records().get(page.records().size() - 1).key().key())
                    : done(true);
        });
    }

    private static Optional<Report> read(StoredRecord record) {
        return ReportForm.decode(record.key().key().asUtf8(), record.value()).fold(Optional::of, reason -> {
            LOG.error("a report cannot be read: {}", reason);
            return Optional.empty();
        });
    }

    /** @return false if it is not known to be stored */
    private CompletionStage<Boolean> put(String id, long expected, @Nullable Bytes value) {
        CompletableFuture<Boolean> stored = new CompletableFuture<>();
        Command command = new Command.PutRecord(RecordKey.of(KIND, id), expected, value, clock.millis());
        boolean taken = store.submit(this, command, outcome -> stored.complete(outcome instanceof Outcome.Accepted));
        return taken ? stored : done(false);
    }

    private static <T> CompletionStage<T> done(T value) {
        return CompletableFuture.completedStage(value);
    }
}
