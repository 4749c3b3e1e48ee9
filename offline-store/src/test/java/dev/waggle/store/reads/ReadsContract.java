package dev.waggle.store.reads;

import static dev.waggle.store.reads.StoredRows.ALICE;
import static dev.waggle.store.reads.StoredRows.ALICE_BOB;
import static dev.waggle.store.reads.StoredRows.BOB;
import static dev.waggle.store.reads.StoredRows.CAROL;
import static dev.waggle.store.reads.StoredRows.IN_TEAM;
import static dev.waggle.store.reads.StoredRows.TEAM;
import static dev.waggle.store.reads.StoredRows.expiring;
import static dev.waggle.store.reads.StoredRows.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Answer;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.InboxItem;
import dev.waggle.spec.message.Mark;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.MemberRole;
import dev.waggle.spec.message.OwnSettings;
import dev.waggle.spec.message.Refusal;
import dev.waggle.store.Reads.ConversationSummary;
import dev.waggle.store.Reads.HistoryPage;
import dev.waggle.store.Reads.InboxPage;
import dev.waggle.store.rules.ConversationRules;
import dev.waggle.store.storage.CurrentStorage;
import dev.waggle.store.storage.InboxRow;
import dev.waggle.store.storage.Storage;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageOpener;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the queries answer, whatever the storage is. */
abstract class ReadsContract {
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
    void backlog_afterAPosition_givesTheRestInOrder() throws StorageFailure {
        rows.messages(ALICE_BOB, BOB, 1, 5);
        rows.pointers(ALICE, ALICE_BOB, 10, 1, 5);
        rows.pointers(new UserId("alic"), ALICE_BOB, 1, 1, 3);
        rows.pointers(new UserId("alice0"), ALICE_BOB, 1, 1, 3);

        List<InboxItem> items = given(reads.backlog(ALICE, 11, 512, 1 << 20));

        assertThat(items).extracting(InboxItem::position).containsExactly(12L, 13L, 14L);
        assertThat(items.get(0)).isEqualTo(new InboxItem.Entry(12, message(ALICE_BOB, BOB, 3)));
        assertThat(given(reads.backlog(ALICE, 14, 512, 1 << 20))).isEmpty();
        assertThat(given(reads.backlog(CAROL, 0, 512, 1 << 20))).isEmpty();
    }

    @Test
    void backlog_ofManyItems_endsAtTheMostAsked() throws StorageFailure {
        rows.messages(ALICE_BOB, BOB, 1, 100);
        rows.pointers(ALICE, ALICE_BOB, 1, 1, 100);

        assertThat(given(reads.backlog(ALICE, 0, 70, 1 << 20)))
                .extracting(InboxItem::position)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 70).boxed().toList());
    }

    @Test
    void backlog_ofLargeBodies_endsWhenTheBytesAreUsedUp() throws StorageFailure {
        rows.bodies(ALICE_BOB, 5, 1_000);
        rows.pointers(ALICE, ALICE_BOB, 1, 1, 5);

        assertThat(given(reads.backlog(ALICE, 0, 512, 1))).hasSize(1);
        assertThat(given(reads.backlog(ALICE, 0, 512, 2_500))).hasSize(3);
    }

    @Test
    void backlog_ofAGapAndOfALostLogRow_isMissing() throws StorageFailure {
        rows.messages(ALICE_BOB, BOB, 8, 8);
        rows.gap(ALICE, 3, new InboxRow.Gap(IN_TEAM, 2, 9));
        rows.pointers(ALICE, ALICE_BOB, 4, 7, 8);

        assertThat(given(reads.backlog(ALICE, 0, 512, 1 << 20)))
                .containsExactly(
                        new InboxItem.Missing(3, IN_TEAM, 2, 9),
                        new InboxItem.Missing(4, ALICE_BOB, 7, 7),
                        new InboxItem.Entry(5, message(ALICE_BOB, BOB, 8)));
    }

    @Test
    void history_withoutBounds_isTheNewestPage() throws StorageFailure {
        rows.messages(ALICE_BOB, BOB, 1, 10);

        HistoryPage page = history(BOB, ALICE_BOB, null, null, 4);

        assertThat(page.entries()).extracting(Event.LogEntry::seq).containsExactly(7L, 8L, 9L, 10L);
        assertThat(page)
                .extracting(HistoryPage::first, HistoryPage::last, HistoryPage::more)
                .containsExactly(1L, 10L, true);
        assertThat(page.entries().get(0)).isEqualTo(message(ALICE_BOB, BOB, 7));
    }

    @Test
    void history_pagedBothWays_meetsEachEntryOnce() throws StorageFailure {
        rows.messages(ALICE_BOB, BOB, 1, 10);

        assertSeqs(history(ALICE, ALICE_BOB, 7L, null, 4), true, 3, 4, 5, 6);
        assertSeqs(history(ALICE, ALICE_BOB, 3L, null, 4), false, 1, 2);
        assertSeqs(history(ALICE, ALICE_BOB, 1L, null, 4), false);
        assertSeqs(history(ALICE, ALICE_BOB, 3L, null, 2), false, 1, 2);
        assertSeqs(history(ALICE, ALICE_BOB, null, 0L, 4), true, 1, 2, 3, 4);
        assertSeqs(history(ALICE, ALICE_BOB, null, 6L, 4), false, 7, 8, 9, 10);
        assertSeqs(history(ALICE, ALICE_BOB, null, 10L, 4), false);
        assertSeqs(history(ALICE, ALICE_BOB, null, Long.MAX_VALUE, 4), false);
        assertSeqs(history(ALICE, ALICE_BOB, Long.MAX_VALUE, null, 1), true, 10);
        assertSeqs(history(ALICE, ALICE_BOB, -5L, null, 4), false);
        assertSeqs(history(ALICE, ALICE_BOB, null, -5L, 1), true, 1);
    }

    @Test
    void history_byTime_findsThePlace_bothWays() throws StorageFailure {
        rows.messages(ALICE_BOB, BOB, 3, 10);
        long[] times = new long[11];
        for (int seq = 3; seq <= 10; seq++) {
            times[seq] = message(ALICE_BOB, BOB, seq).ts();
        }
        for (int seq = 3; seq <= 10; seq++) {
            long ts = times[seq];
            long[] older = LongStream.rangeClosed(3, 10)
                    .filter(each -> times[(int) each] < ts)
                    .toArray();
            long[] younger = LongStream.rangeClosed(3, 10)
                    .filter(each -> times[(int) each] > ts)
                    .toArray();
            assertSeqs(byTime(ts, null, 100), false, older);
            assertSeqs(byTime(null, ts, 100), false, younger);
        }
        assertSeqs(byTime(0L, null, 100), false);
        assertSeqs(byTime(Long.MAX_VALUE, null, 2), true, 9, 10);
        assertSeqs(byTime(null, 0L, 2), true, 3, 4);
        assertSeqs(byTime(null, Long.MAX_VALUE, 2), false);
        assertThat(refusal(reads.historyByTime(CAROL, ALICE_BOB, 1L, null, 10))).isEqualTo(Refusal.NOT_MEMBER);
        assertThat(given(reads.historyByTime(ALICE, ConversationId.direct(ALICE, CAROL), null, 5L, 10)))
                .isEqualTo(Answer.of(new HistoryPage(List.of(), 0, 0, false)));
    }

    private HistoryPage byTime(Long beforeTs, Long afterTs, int limit) {
        return ((Answer.Given<HistoryPage>) given(reads.historyByTime(ALICE, ALICE_BOB, beforeTs, afterTs, limit)))
                .value();
    }

    @Test
    void history_ofOneToOne_isForItsTwoUsersAlone() throws StorageFailure {
        rows.messages(ALICE_BOB, BOB, 1, 2);

        assertThat(refusal(reads.history(CAROL, ALICE_BOB, null, null, 10))).isEqualTo(Refusal.NOT_MEMBER);
        HistoryPage empty = history(ALICE, ConversationId.direct(ALICE, CAROL), null, null, 10);
        assertThat(empty).isEqualTo(new HistoryPage(List.of(), 0, 0, false));
    }

    @Test
    void history_ofAGroup_beginsWithTheReadersJoining() throws StorageFailure {
        rows.group(new Member(ALICE, MemberRole.OWNER, 1, 1), new Member(BOB, MemberRole.MEMBER, 5, 6));
        rows.messages(IN_TEAM, ALICE, 1, 8);

        assertSeqs(history(ALICE, IN_TEAM, null, null, 100), false, 1, 2, 3, 4, 5, 6, 7, 8);
        HistoryPage ofBob = history(BOB, IN_TEAM, null, 0L, 100);
        assertSeqs(ofBob, false, 6, 7, 8);
        assertThat(ofBob.first()).isEqualTo(6);
        assertSeqs(history(BOB, IN_TEAM, 8L, null, 1), true, 7);
        assertSeqs(history(BOB, IN_TEAM, 7L, null, 1), false, 6);
        assertSeqs(history(BOB, IN_TEAM, 6L, null, 1), false);
    }

    @Test
    void history_outsideAGroup_looksLikeNoGroup() throws StorageFailure {
        rows.group(new Member(ALICE, MemberRole.OWNER, 1, 1));
        rows.messages(IN_TEAM, ALICE, 1, 8);

        Answer<HistoryPage> outside = given(reads.history(BOB, IN_TEAM, null, null, 10));
        Answer<HistoryPage> nowhere =
                given(reads.history(BOB, ConversationId.group(new GroupId("none")), null, null, 10));

        assertThat(outside).isEqualTo(nowhere);
        assertThat(outside).isEqualTo(Answer.refused(Refusal.NOT_MEMBER, ConversationRules.NOT_MEMBER));
    }

    @Test
    void history_ofExpiredMessages_leavesThemOut() throws StorageFailure {
        rows.entries(expiring(1, NOW - 5_000, 5), expiring(2, NOW - 5_000, 6), expiring(3, NOW - 5_000, 0));

        assertSeqs(history(ALICE, ALICE_BOB, null, null, 10), false, 2, 3);
    }

    @Test
    void history_ofLargeBodies_endsEarlyAndSaysMore() throws StorageFailure {
        rows.bodies(ALICE_BOB, 20, 64 << 10);

        HistoryPage page = history(ALICE, ALICE_BOB, null, 0L, 200);
        assertThat(page.entries()).hasSize(8);
        assertThat(page.more()).isTrue();
    }

    @Test
    void inbox_showsEachConversationWithItsEnd() throws StorageFailure {
        ConversationId notes = ConversationId.direct(ALICE, ALICE);
        rows.group(new Member(ALICE, MemberRole.OWNER, 1, 1));
        rows.messages(ALICE_BOB, BOB, 1, 4);
        rows.messages(IN_TEAM, BOB, 1, 9);
        rows.messages(notes, ALICE, 1, 2);
        rows.mark(ALICE, ALICE_BOB, Mark.of(1, 3, 2));
        rows.mark(ALICE, IN_TEAM, Mark.of(5, 4, 4));
        rows.mark(ALICE, notes, Mark.of(1, 0, 0));
        rows.mark(BOB, ALICE_BOB, Mark.of(1, 0, 0));

        InboxPage page = given(reads.inbox(ALICE, null, null, 100));

        assertThat(page.more()).isFalse();
        assertThat(page.conversations())
                .containsExactly(
                        new ConversationSummary(
                                new ConversationName.Peer(ALICE), 2, 20, 0, 0, 0, 0, OwnSettings.Level.ALL),
                        new ConversationSummary(
                                new ConversationName.Peer(BOB), 4, 40, 3, 2, 2, 0, OwnSettings.Level.ALL),
                        new ConversationSummary(
                                new ConversationName.InGroup(TEAM), 9, 90, 4, 4, 5, 0, OwnSettings.Level.ALL));
        assertThat(given(reads.inbox(BOB, null, null, 100)).conversations())
                .containsExactly(new ConversationSummary(
                        new ConversationName.Peer(ALICE), 4, 40, 0, 0, 0, 0, OwnSettings.Level.ALL));
    }

    @Test
    void inbox_changedSince_leavesOutWhatIsOlder() throws StorageFailure {
        rows.messages(ALICE_BOB, BOB, 1, 4);
        rows.messages(ConversationId.direct(ALICE, CAROL), CAROL, 1, 5);
        rows.mark(ALICE, ALICE_BOB, Mark.of(1, 0, 0));
        rows.mark(ALICE, ConversationId.direct(ALICE, CAROL), Mark.of(1, 0, 0));

        assertThat(given(reads.inbox(ALICE, 40L, null, 100)).conversations())
                .extracting(ConversationSummary::conversation)
                .containsExactly(new ConversationName.Peer(CAROL));
    }

    @Test
    void inbox_inPages_meetsEachConversationOnce() throws StorageFailure {
        for (String peer : List.of("b", "ba", "c", "d", "e")) {
            ConversationId conversation = ConversationId.direct(ALICE, new UserId(peer));
            rows.messages(conversation, ALICE, 1, 1);
            rows.mark(ALICE, conversation, Mark.of(1, 0, 0));
        }

        InboxPage first = given(reads.inbox(ALICE, null, null, 2));
        InboxPage second = given(reads.inbox(ALICE, null, peer("ba"), 2));
        InboxPage third = given(reads.inbox(ALICE, null, peer("d"), 2));

        assertThat(first.conversations())
                .extracting(ConversationSummary::conversation)
                .containsExactly(peer("b"), peer("ba"));
        assertThat(second.conversations())
                .extracting(ConversationSummary::conversation)
                .containsExactly(peer("c"), peer("d"));
        assertThat(third.conversations())
                .extracting(ConversationSummary::conversation)
                .containsExactly(peer("e"));
        assertThat(List.of(first.more(), second.more(), third.more())).containsExactly(true, true, false);
    }

    @Test
    void inbox_afterARemoval_doesNotShowTheGroup() throws StorageFailure {
        rows.group(new Member(BOB, MemberRole.OWNER, 1, 1));
        rows.messages(IN_TEAM, BOB, 1, 9);
        rows.mark(ALICE, IN_TEAM, Mark.of(1, 0, 0));

        assertThat(given(reads.inbox(ALICE, null, null, 100)).conversations()).isEmpty();
    }

    @Test
    void anything_whileTheStoreIsReopened_fails() {
        current.close();

        assertThatThrownBy(() -> given(reads.backlog(ALICE, 0, 1, 1))).hasMessageContaining("being opened again");
    }

    @Test
    void limits_outsideTheirRange_areABug() {
        assertThatThrownBy(() -> reads.backlog(ALICE, 0, 513, 1)).hasMessage("maxItems must be 1…512, not 513");
        assertThatThrownBy(() -> reads.history(ALICE, ALICE_BOB, null, null, 0))
                .hasMessage("limit must be 1…200, not 0");
    }

    private static ConversationName peer(String id) {
        return new ConversationName.Peer(new UserId(id));
    }

    private HistoryPage history(UserId reader, ConversationId conversation, Long before, Long after, int limit) {
        return given(reads.history(reader, conversation, before, after, limit)).fold(page -> page, rejection -> {
            throw new AssertionError(rejection);
        });
    }

    private static void assertSeqs(HistoryPage page, boolean more, long... seqs) {
        assertThat(page.entries())
                .extracting(Event.LogEntry::seq)
                .containsExactlyElementsOf(LongStream.of(seqs).boxed().toList());
        assertThat(page.more()).isEqualTo(more);
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
