package dev.waggle.store.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Answer;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.HistoryPolicy;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.OwnSettings;
import dev.waggle.spec.message.Standing;
import dev.waggle.store.Reads;
import dev.waggle.store.reads.StoreReads;
import dev.waggle.store.rules.RuleLimits;
import dev.waggle.store.storage.CurrentStorage;
import dev.waggle.store.storage.Storage;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What follows from the events of one group, kept in plain sets: who is told, who is a member, who may read what. */
final class ReplayedGroup {
    private final Map<UserId, Long> joined = new TreeMap<>();
    private final Map<UserId, Long> waiting = new HashMap<>();
    private HistoryPolicy history = HistoryPolicy.JOINING;

    Set<UserId> members() {
        return new LinkedHashSet<>(joined.keySet());
    }

    /** Takes one event; gives those who are told although they are no members. */
    Set<UserId> apply(Event.LogEntry entry) {
        if (entry instanceof Event.SettingsChanged change) {
            HistoryPolicy now = change.change().history();
            history = now == null ? history : now;
            return Set.of();
        }
        Event.MembersChanged change = (Event.MembersChanged) entry;
        waiting.values().removeIf(since -> change.ts() - since >= RuleLimits.PENDING_MILLIS);
        Set<UserId> concerned = new HashSet<>();
        for (Member member : change.added()) {
            joined.putIfAbsent(member.user(), change.seq());
            waiting.remove(member.user());
        }
        change.removed().forEach(joined::remove);
        if (change.left() != null) {
            joined.remove(change.left());
        }
        Standing standing = change.standing();
        for (UserId user : standing == null ? List.<UserId>of() : standing.users()) {
            switch (standing.kind()) {
                case INVITED, REQUESTED -> {
                    waiting.put(user, change.ts());
                    concerned.add(user);
                }
                case DECLINED, REFUSED, BANNED -> {
                    if (waiting.remove(user) != null) {
                        concerned.add(user);
                    }
                }
                default -> {}
            }
        }
        if (standing != null && standing.kind() == Standing.Kind.DISSOLVED) {
            joined.clear();
        }
        if (joined.isEmpty()) {
            waiting.clear();
        }
        return concerned;
    }

    /** Members read from where they may to the end, but what they have hidden from themselves; others read nothing. */
    void checkViews(Storage storage, List<Event.LogEntry> log, String where) {
        if (log.isEmpty()) {
            return;
        }
        ConversationId group = log.get(0).conversation();
        CurrentStorage current = new CurrentStorage();
        current.put(storage);
        StoreReads reads = new StoreReads(current, Runnable::run, 4, () -> Instant.EPOCH);
        for (UserId user : RandomCommands.USERS) {
            Long joining = joined.get(user);
            Answer<Reads.HistoryPage> answer = reads.history(user, group, null, 0L, 200)
                    .toCompletableFuture()
                    .join();
            if (joining == null) {
                assertThat(answer).as(where).isInstanceOf(Answer.Refused.class);
                continue;
            }
            long first = history == HistoryPolicy.ALL ? 1 : joining;
            OwnSettings own = reads.own(user, 0, null)
                    .toCompletableFuture()
                    .join()
                    .changed()
                    .getOrDefault(group.seenBy(user), OwnSettings.NONE);
            assertThat(((Answer.Given<Reads.HistoryPage>) answer).value().entries())
                    .as(where + " " + user)
                    .extracting(Event.LogEntry::seq)
                    .containsExactlyElementsOf(log.stream()
                            .filter(entry -> entry.seq() >= first
                                    && !own.hides(entry)
                                    && !entry.hiddenFrom().contains(user))
                            .map(Event.LogEntry::seq)
                            .limit(200)
                            .toList());
        }
    }
}
