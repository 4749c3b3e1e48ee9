package dev.waggle.store.lane;

import static dev.waggle.store.lane.StoreRig.ALICE;
import static dev.waggle.store.lane.StoreRig.ALICE_BOB;
import static dev.waggle.store.lane.StoreRig.BOB;
import static dev.waggle.store.lane.StoreRig.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.HistoryLimits;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.GroupPatch;
import dev.waggle.spec.message.InboxItem;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Reply;
import dev.waggle.store.Reads;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.Table;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a conversation keeps, whatever the medium: 100 entries, or 10 days. */
public abstract class RetentionContract extends StoreContract {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final ConversationId.Group TEAM = new ConversationId.Group(StoreRig.TEAM);

    private void keeping(int entries, int days) throws StorageFailure {
        HistoryLimits history =
                new HistoryLimits(entries, Duration.ofDays(days), Duration.ofDays(100), Duration.ofDays(100));
        rig.restart(StoreRig.keeping(history));
    }

    private void send(ConversationId to, int messages) {
        for (int i = 0; i < messages; i++) {
            rig.store().submit(this, rig.message(ALICE, to, null, "m"), outcome -> {});
        }
        rig.run();
    }

    private Reads.HistoryPage history(ConversationId conversation) {
        return rig.store()
                .reads()
                .history(BOB, conversation, null, 0L, 200)
                .toCompletableFuture()
                .join()
                .fold(given -> given, refused -> {
                    throw new AssertionError(refused.message());
                });
    }

    @Test
    void tooMany_theOldestGo_andWhoDidNotGetThemIsTold() throws StorageFailure {
        keeping(100, 365);
        send(ALICE_BOB, 250);
        rig.pass(MINUTE);

        assertThat(history(ALICE_BOB).first()).isEqualTo(151);
        assertThat(history(ALICE_BOB).entries()).hasSize(100);
        List<InboxItem> backlog = rig.backlog(BOB);
        assertThat(backlog).hasSize(250);
        assertThat(backlog.subList(0, 150)).hasOnlyElementsOfType(InboxItem.Missing.class);
        assertThat(backlog.subList(150, 250)).hasOnlyElementsOfType(InboxItem.Entry.class);
        assertThat(rig.send(ALICE, ALICE_BOB, "next").seq()).isEqualTo(251);
        rig.restart();
        assertThat(rig.send(ALICE, ALICE_BOB, "next").seq()).isEqualTo(252);
    }

    @Test
    void aLittleTooMany_staysForAWhile() throws StorageFailure {
        keeping(100, 365);
        send(ALICE_BOB, 164);
        rig.pass(MINUTE);
        assertThat(history(ALICE_BOB).first()).isEqualTo(1);
    }

    @Test
    void tooOld_goes_andOfTheLastOnlyItsBody() throws StorageFailure {
        keeping(10_000, 10);
        send(ALICE_BOB, 20);
        rig.pass(Duration.ofDays(5));
        rig.accepted(rig.create(ALICE, BOB), Reply.GroupCreated.class);
        send(TEAM, 9);
        rig.pass(Duration.ofDays(6));

        assertThat(history(ALICE_BOB).entries()).hasSize(1);
        assertThat(history(ALICE_BOB).entries().get(0)).isInstanceOf(Event.MessageErased.class);
        assertThat(history(ALICE_BOB).first()).isEqualTo(20);
        assertThat(history(TEAM).entries()).hasSize(10);
        assertThat(rig.send(ALICE, ALICE_BOB, "next").seq()).isEqualTo(21);
        rig.pass(Duration.ofDays(11));
        assertThat(history(TEAM).entries()).hasSize(1);
        assertThat(rig.bodies(BOB)).isEmpty();
        rig.restart();
        assertThat(rig.send(ALICE, TEAM, "next").seq()).isEqualTo(11);
        for (int round = 0; round < 2; round++) {
            rig.pass(Duration.ofHours(2));
            assertThat(rig.storage.rows(Table.LOG)).isEqualTo(2);
        }
    }

    @Test
    void middleOfTheAges_isFound() throws StorageFailure {
        keeping(10_000, 10);
        for (int day = 0; day < 20; day++) {
            send(ALICE_BOB, 3);
            rig.clock.advance(Duration.ofDays(1).toMillis());
        }
        rig.pass(MINUTE);
        assertThat(history(ALICE_BOB).first()).isEqualTo(34);
    }

    @Test
    void manyConversations_areLookedThroughInPages() throws StorageFailure {
        keeping(10, 365);
        int groups = 2 * OldMessages.PAGE_CONVERSATIONS + 5;
        for (int i = 0; i < groups; i++) {
            ConversationId.Group group = new ConversationId.Group(new GroupId("g" + i));
            rig.accepted(
                    new Command.CreateGroup(
                            Actor.of(ALICE, PHONE), group, GroupPatch.NONE, List.of(BOB), null, rig.clock.millis()),
                    Reply.GroupCreated.class);
            send(group, 99);
        }
        rig.pass(MINUTE);
        assertThat(rig.storage.rows(Table.LOG)).isGreaterThan(groups * 10);
        rig.pass(MINUTE);
        rig.pass(MINUTE);
        assertThat(rig.storage.rows(Table.LOG)).isEqualTo(groups * 10);
        assertThat(rig.send(ALICE, new ConversationId.Group(new GroupId("g7")), "on")
                        .seq())
                .isEqualTo(101);
    }

    @Test
    void whatIsGone_isNeitherEditedNorDeleted_alsoIfItWasInMemory() throws StorageFailure {
        keeping(100, 365);
        send(ALICE_BOB, 250);
        rig.accepted(edit(1), Reply.Edited.class);
        rig.pass(MINUTE);

        assertThat(rejected(rig.ask(edit(1)))).isEqualTo(Refusal.NOT_FOUND);
        assertThat(rig.accepted(
                                new Command.DeleteMessages(
                                        Actor.of(ALICE, PHONE),
                                        ALICE_BOB,
                                        SeqRanges.of(1, 160),
                                        null,
                                        rig.clock.millis()),
                                Reply.Deleted.class)
                        .deleted())
                .isEqualTo(160 - 151);
        assertThat(rig.storage.rows(Table.LOG)).isEqualTo(101);
    }

    @Test
    void inbox_ofMessagesThatAreGone_isTrimmedByAge() throws StorageFailure {
        keeping(10_000, 10);
        send(ALICE_BOB, 20);
        rig.pass(Duration.ofDays(11));
        assertThat(rig.backlog(BOB)).hasSize(20);
        rig.pass(Duration.ofDays(25));
        assertThat(rig.backlog(BOB)).hasSize(1).first().isInstanceOf(InboxItem.Missing.class);
    }

    private Command.EditMessage edit(long seq) {
        return new Command.EditMessage(
                Actor.of(ALICE, PHONE), ALICE_BOB, seq, Bytes.utf8("other"), null, rig.clock.millis());
    }
}
