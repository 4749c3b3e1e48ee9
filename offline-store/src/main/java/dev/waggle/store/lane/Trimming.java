package dev.waggle.store.lane;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.RunsOn;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.InboxItem;
import dev.waggle.store.StoreMetrics;
import dev.waggle.store.rules.InboxRules;
import dev.waggle.store.rules.InboxState;
import dev.waggle.store.rules.RuleLimits;
import dev.waggle.store.storage.CurrentStorage;
import dev.waggle.store.storage.InboxRow;
import dev.waggle.store.storage.InboxRows;
import dev.waggle.store.storage.KeySchema;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageView;
import dev.waggle.store.storage.Table;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a {@link Command.TrimInbox} when an inbox has crossed its limit, or is found to hold too old entries: a reader sums the oldest entries up to one gap
 * per conversation. What every device has done needs no gap and is not even read. One trim per inbox at a time.
 */
@RunsOn("committer")
final class Trimming {
    private static final Logger log = LoggerFactory.getLogger(Trimming.class);

    private final StateCache cache;
    private final CurrentStorage current;
    private final Returns returns;
    private final StoreMetrics metrics;
    private final InstantSource clock;
    private final InboxRules rules;
    private final Set<UserId> due = new LinkedHashSet<>();
    private final Set<UserId> running = new HashSet<>();
    private final ArrayDeque<Queued> commands = new ArrayDeque<>();
    private int generation;

    Trimming(
            StateCache cache,
            CurrentStorage current,
            Returns returns,
            StoreMetrics metrics,
            InstantSource clock,
            RuleLimits limits) {
        this.cache = cache;
        this.current = current;
        this.returns = returns;
        this.metrics = metrics;
        this.clock = clock;
        this.rules = new InboxRules(limits);
    }

    /** The inbox is over its limit, if the group is committed. */
    void isDue(UserId user) {
        if (!running.contains(user)) {
            due.add(user);
        }
    }

    /** The group is committed. */
    void start() {
        if (due.isEmpty()) {
            return;
        }
        for (UserId user : due) {
            if (cache.get(user) instanceof InboxState state) {
                long upTo = rules.trimUpTo(state);
                if (upTo > 0 && running.add(user)) {
                    sum(user, Math.min(state.doneUpTo(), upTo), upTo);
                }
            }
        }
        due.clear();
    }

    /** Everything up to a position is too old; the gaps are those of {@link #gaps}. */
    void trim(UserId user, long upTo, List<InboxItem.Missing> gaps) {
        if (running.add(user)) {
            enqueue(user, upTo, gaps);
        }
    }

    /** The oldest entries of a conversation go. */
    void trim(Command.TrimLog command) {
        commands.add(new Queued(new Object(), command, outcome -> {}, 0));
    }

    /** The next trim to decide, or null. */
    @Nullable
    Queued next() {
        return commands.poll();
    }

    boolean hasNext() {
        return !commands.isEmpty();
    }

    /** All states were dropped. */
    void abandon() {
        generation++;
        due.clear();
        running.clear();
        commands.clear();
    }

    private void sum(UserId user, long done, long upTo) {
        if (done >= upTo) {
            enqueue(user, upTo, List.of());
            return;
        }
        int asked = generation;
        returns.send(() -> read(asked, user, done, upTo), () -> running.remove(user));
    }

    /** On a reader. */
    private Runnable read(int asked, UserId user, long done, long upTo) {
        try {
            List<InboxItem.Missing> gaps = current.read(snapshot -> gaps(snapshot, user, done, upTo));
            return () -> {
                if (asked == generation) {
                    enqueue(user, upTo, gaps);
                }
            };
        } catch (StorageFailure | RuntimeException failure) {
            log.warn("inbox of {} not trimmed: {}", user, failure.toString());
            return () -> running.remove(user);
        }
    }

    /**
     * One gap per conversation for what stands above {@code done} up to {@code upTo}; on a reader.
     *
     * @param done every device has done everything up to here
     */
    static List<InboxItem.Missing> gaps(StorageView view, UserId user, long done, long upTo) throws StorageFailure {
        Map<ConversationId, InboxItem.Missing> gaps = new HashMap<>();
        view.scan(
                Table.INBOX,
                KeySchema.inbox(user, done + 1, upTo + 1),
                StorageView.Direction.ASCENDING,
                (key, value) -> {
                    InboxRow row = InboxRows.decode(user, key, value);
                    long from = row instanceof InboxRow.Gap gap ? gap.from() : ((InboxRow.Pointer) row).seq();
                    long to = row instanceof InboxRow.Gap gap ? gap.to() : from;
                    InboxItem.Missing before = gaps.get(row.conversation());
                    gaps.put(
                            row.conversation(),
                            new InboxItem.Missing(
                                    InboxRows.position(key),
                                    row.conversation(),
                                    before == null ? from : Math.min(before.from(), from),
                                    before == null ? to : Math.max(before.to(), to)));
                    return true;
                });
        List<InboxItem.Missing> sorted = new ArrayList<>(gaps.values());
        sorted.sort(Comparator.comparingLong(InboxItem.Missing::position));
        return sorted;
    }

    private void enqueue(UserId user, long upTo, List<InboxItem.Missing> gaps) {
        Command.TrimInbox command = new Command.TrimInbox(user, upTo, gaps, clock.millis());
        commands.add(new Queued(
                new Object(),
                command,
                outcome -> {
                    running.remove(user);
                    metrics.trimmed(gaps.size());
                },
                0));
    }
}
