package dev.waggle.store.reads;

import static dev.waggle.store.reads.StoredRows.ALICE;
import static dev.waggle.store.reads.StoredRows.BOB;
import static dev.waggle.store.reads.StoredRows.CAROL;
import static dev.waggle.store.reads.StoredRows.IN_TEAM;
import static dev.waggle.store.reads.StoredRows.TEAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.GroupId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Answer;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.GroupPatch;
import dev.waggle.spec.message.GroupSettings;
import dev.waggle.spec.message.HistoryPolicy;
import dev.waggle.spec.message.Mark;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.MemberRole;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Standings;
import dev.waggle.store.Reads;
import dev.waggle.store.Reads.GroupPage;
import dev.waggle.store.storage.CurrentStorage;
import dev.waggle.store.storage.Storage;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageOpener;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What members, and others, are told of a group, whatever the medium. */
abstract class GroupReadsContract {
    private static final long NOW = 1_000_000;

    private final CurrentStorage current = new CurrentStorage();
    private StoreReads reads;
    private StoredRows rows;

    protected abstract StorageOpener opener() throws Exception;

    @BeforeEach
    void open() throws Exception {
        Storage storage = opener().open();
        current.put(storage);
        rows = new StoredRows(storage);
        reads = new StoreReads(current, Runnable::run, 10, () -> Instant.ofEpochMilli(NOW));
    }

    @AfterEach
    void close() {
        current.close();
    }

    @Test
    void group_inPages_isForMembersAlone() throws StorageFailure {
        Member alice = new Member(ALICE, MemberRole.OWNER, 1, 1);
        Member bob = new Member(BOB, MemberRole.MEMBER, 2, 2);
        rows.group(alice, bob);

        assertThat(given(reads.group(BOB, TEAM, null, 1))).isEqualTo(Answer.of(page(List.of(alice), true)));
        assertThat(given(reads.group(BOB, TEAM, ALICE, 1))).isEqualTo(Answer.of(page(List.of(bob), false)));
        assertThat(refusal(reads.group(CAROL, TEAM, null, 1))).isEqualTo(Refusal.NOT_MEMBER);
        assertThat(given(reads.group(CAROL, TEAM, null, 1)))
                .isEqualTo(given(reads.group(CAROL, new GroupId("none"), null, 1)));
    }

    private static GroupPage page(List<Member> members, boolean more) {
        GroupSettings settings = GroupSettings.USUAL.with(GroupPatch.named("the team"));
        return new GroupPage(TEAM, settings, MemberRole.MEMBER, members, Standings.NONE, more);
    }

    @Test
    void group_standings_areForThoseWithTheRight_onTheFirstPage() throws StorageFailure {
        Member alice = new Member(ALICE, MemberRole.ADMIN, 1, 1);
        Member bob = new Member(BOB, MemberRole.MEMBER, 2, 2);
        SortedMap<UserId, Long> muted = at("bob", NOW + 9);
        muted.put(CAROL, NOW);
        Standings standings = new Standings(at("mallory", 1), at("erin", 2), at("frank", 3), muted);
        rows.group(GroupSettings.USUAL, standings, alice, bob);

        assertThat(standings(ALICE, null))
                .isEqualTo(new Standings(at("mallory", 1), at("erin", 2), at("frank", 3), at("bob", NOW + 9)));
        assertThat(standings(ALICE, ALICE)).isEqualTo(Standings.NONE);
        assertThat(standings(BOB, null))
                .isEqualTo(
                        new Standings(Standings.nobody(), Standings.nobody(), Standings.nobody(), at("bob", NOW + 9)));
    }

    @Test
    void history_ofAGroupThatShowsAll_beginsAtItsBeginning_unreadAtJoining() throws StorageFailure {
        rows.group(
                GroupSettings.USUAL.with(new GroupPatch(null, null, null, null, HistoryPolicy.ALL)),
                Standings.NONE,
                new Member(ALICE, MemberRole.MEMBER, 1, 6),
                new Member(BOB, MemberRole.OWNER, 1, 1));
        rows.messages(IN_TEAM, BOB, 1, 9);
        rows.mark(ALICE, IN_TEAM, Mark.of(6, 5, 5));

        assertThat(history(0L).entries()).extracting(Event.LogEntry::seq).containsExactly(1L, 2L, 3L);
        assertThat(history(null).first()).isEqualTo(1);
        assertThat(given(reads.inbox(ALICE, null, null, 100))
                        .conversations()
                        .get(0)
                        .unread())
                .isEqualTo(4);
    }

    private static SortedMap<UserId, Long> at(String user, long time) {
        return new TreeMap<>(Map.of(new UserId(user), time));
    }

    private Standings standings(UserId reader, UserId after) {
        return given(reads.group(reader, TEAM, after, 100)).fold(GroupPage::standings, rejection -> {
            throw new AssertionError(rejection);
        });
    }

    private Reads.HistoryPage history(Long after) {
        return given(reads.history(ALICE, IN_TEAM, null, after, 3)).fold(page -> page, rejection -> {
            throw new AssertionError(rejection);
        });
    }

    private static Refusal refusal(CompletionStage<? extends Answer<?>> stage) {
        return given(stage)
                .fold(
                        value -> {
                            throw new AssertionError(value);
                        },
                        rejection -> rejection.refusal());
    }

    private static <T> T given(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
