package dev.waggle.store.lane;

import static dev.waggle.store.lane.StoreRig.ALICE;
import static dev.waggle.store.lane.StoreRig.ALICE_BOB;
import static dev.waggle.store.lane.StoreRig.BOB;
import static dev.waggle.store.lane.StoreRig.CAROL;
import static dev.waggle.store.lane.StoreRig.LAPTOP;
import static dev.waggle.store.lane.StoreRig.PHONE;
import static dev.waggle.store.lane.StoreRig.TEAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Filter;
import dev.waggle.spec.message.InboxItem;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Reply;
import dev.waggle.store.storage.StorageFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What devices and their inboxes rely on, whatever the medium. */
public abstract class InboxContract extends StoreContract {
    private static final ConversationId.Group GROUP = new ConversationId.Group(TEAM);
    private static final long DAY = 24 * 3_600;

    @Test
    void restart_continuesSeqsPositionsAndSessions() throws StorageFailure {
        assertThat(rig.open(BOB, PHONE, false, DAY).present()).isFalse();
        rig.send(ALICE, ALICE_BOB, "one");
        rig.restart();
        rig.forget();

        assertThat(rig.send(ALICE, ALICE_BOB, "two").seq()).isEqualTo(2);
        assertThat(((Event.EntryAdded) rig.toldOf(BOB).get(0)).position()).isEqualTo(2);
        Reply.SessionOpened again = rig.open(BOB, PHONE, false, DAY);
        assertThat(again.present()).isTrue();
        assertThat(again.waiting()).isEqualTo(2);
        assertThat(again.dupBefore()).isEqualTo(rig.bootedAt());
    }

    @Test
    void restart_keepsFiltersCursorsCountsAndEpochs() throws StorageFailure {
        long epoch = rig.open(BOB, PHONE, false, DAY).epoch();
        Filter filter = new Filter("u/bob/#", 1, true, false, 2, 42);
        rig.ask(new Command.ChangeFilters(BOB, PHONE, List.of(filter), List.of(), rig.clock.millis()));
        for (int i = 0; i < 5; i++) {
            rig.send(ALICE, ALICE_BOB, "m" + i);
        }
        DeviceProgress progress = new DeviceProgress(1, List.of(3L), 4);
        rig.ask(new Command.CloseSession(
                BOB, PHONE, epoch, DAY, progress, List.of(2L, 4L), Map.of(ALICE_BOB, 3L), 77, rig.clock.millis()));
        rig.restart();

        Reply.SessionOpened again = rig.open(BOB, PHONE, false, DAY);

        assertThat(again.filters()).containsExactly(filter);
        assertThat(again.progress()).isEqualTo(progress);
        assertThat(again.marksAt()).isEqualTo(77);
        assertThat(again.epoch()).isEqualTo(epoch + 1);
        assertThat(again.dupBefore()).isZero();
        assertThat(rig.store()
                        .reads()
                        .inbox(BOB, null, null, 10)
                        .toCompletableFuture()
                        .join()
                        .conversations())
                .singleElement()
                .satisfies(summary -> assertThat(summary.delivered()).isEqualTo(3));
        assertThat(rig.open(BOB, PHONE, true, DAY).present()).isFalse();
        rig.restart();
        assertThat(rig.open(BOB, PHONE, false, DAY).filters()).isEmpty();
    }

    @Test
    void moveCursor_isNotSynced_untilSomethingElseIs() {
        long epoch = rig.open(BOB, PHONE, false, DAY).epoch();
        rig.send(ALICE, ALICE_BOB, "one");
        rig.ask(new Command.MoveCursor(BOB, PHONE, epoch, DeviceProgress.at(1), rig.clock.millis()));
        rig.ask(new Command.MoveCursor(BOB, PHONE, epoch, DeviceProgress.at(1), rig.clock.millis()));

        assertThat(rig.storage.syncs).containsExactly(true, true, false);
    }

    @Test
    void qos2_packetId_isTakenWithTheMessage_answersItsRepeat_andIsReleased() throws StorageFailure {
        rig.open(ALICE, PHONE, false, DAY);
        Reply first = rig.accepted(qos2("one", 7), Reply.Sent.class);
        rig.restart();

        assertThat(rig.open(ALICE, PHONE, false, DAY).openPackets()).containsExactly(7);
        assertThat(rig.accepted(qos2("one", 7), Reply.Sent.class)).isEqualTo(first);
        rig.ask(new Command.ReleasePacket(ALICE, PHONE, 7, rig.clock.millis()));
        assertThat(rig.accepted(qos2("two", 7), Reply.Sent.class).seq()).isEqualTo(2);
        rig.restart();
        assertThat(rig.open(ALICE, PHONE, false, DAY).openPackets()).containsExactly(7);
        assertThat(rig.open(ALICE, PHONE, true, DAY).openPackets()).isEmpty();
        rig.restart();
        assertThat(rig.open(ALICE, PHONE, false, DAY).openPackets()).isEmpty();
    }

    @Test
    void qos2_refused_leavesNoPacketId() {
        rig.open(ALICE, PHONE, false, DAY);
        Command.SendMessage send = new Command.SendMessage(
                Actor.of(ALICE, PHONE), GROUP, null, Bytes.utf8("hi"), MessageProperties.NONE, 9, rig.clock.millis());

        assertThat(rejected(rig.ask(send))).isEqualTo(Refusal.NOT_MEMBER);
        assertThat(rig.open(ALICE, PHONE, false, DAY).openPackets()).isEmpty();
    }

    @Test
    void removal_withholdsWhatWaits_alsoAfterARestart() throws StorageFailure {
        rig.open(BOB, PHONE, false, DAY);
        rig.accepted(rig.create(ALICE, BOB), Reply.GroupCreated.class);
        rig.send(ALICE, GROUP, "secret");
        rig.forget();

        rig.accepted(
                new Command.RemoveMembers(Actor.of(ALICE, PHONE), GROUP, List.of(BOB), null, rig.clock.millis()),
                Reply.MembersRemoved.class);

        assertThat(rig.toldOf(BOB)).hasSize(2).endsWith(new Event.ConversationWithheld(BOB, GROUP, 3));
        assertThat(rig.toldOf(ALICE)).hasSize(1);
        rig.send(ALICE, GROUP, "without bob");
        rig.restart();
        Reply.SessionOpened opened = rig.open(BOB, PHONE, false, DAY);
        assertThat(opened.withheldBefore()).isEqualTo(Map.of(GROUP, 3L));
        assertThat(opened.inboxEnd()).isEqualTo(3);
    }

    @Test
    void inbox_overItsLimit_givesWayToOneGapPerConversation() throws StorageFailure {
        rig.open(BOB, PHONE, false, DAY);
        ConversationId carolBob = ConversationId.direct(BOB, CAROL);
        for (int i = 0; i < 100; i++) {
            rig.send(ALICE, ALICE_BOB, "a" + i);
            rig.send(CAROL, carolBob, "c" + i);
        }
        List<InboxItem> items = rig.backlog(BOB);

        // 200 entries, a limit of 100 and a slack of 64: trimmed once, at the 165th, to the last 100 of them.
        assertThat(items.get(0)).isEqualTo(new InboxItem.Missing(64, carolBob, 1, 32));
        assertThat(items.get(1)).isInstanceOf(InboxItem.Missing.class);
        assertThat(items.get(1)).isEqualTo(new InboxItem.Missing(65, ALICE_BOB, 1, 33));
        assertThat(items).hasSize(137);
        rig.restart();
        assertThat(rig.backlog(BOB)).isEqualTo(items);
        Reply.SessionOpened opened = rig.open(BOB, PHONE, false, DAY);
        assertThat(opened.inboxEnd()).isEqualTo(200);
        assertThat(opened.waiting()).isEqualTo(135);
    }

    @Test
    void inbox_ofWhichEverythingIsDone_isEmptied_andGoesOnCounting() throws StorageFailure {
        long epoch = rig.open(BOB, PHONE, false, DAY).epoch();
        for (int i = 1; i <= 165; i++) {
            rig.send(ALICE, ALICE_BOB, "a" + i);
            rig.ask(new Command.MoveCursor(BOB, PHONE, epoch, DeviceProgress.at(i), rig.clock.millis()));
        }
        assertThat(rig.backlog(BOB)).hasSizeLessThan(3);
        rig.restart();
        rig.forget();

        rig.send(ALICE, ALICE_BOB, "next");

        assertThat(((Event.EntryAdded) rig.toldOf(BOB).get(0)).position()).isEqualTo(166);
    }

    @Test
    void laterDevice_beginsAtTheEnd_alsoWhenTheFirstIsGone() throws StorageFailure {
        long epoch = rig.open(BOB, PHONE, false, DAY).epoch();
        rig.send(ALICE, ALICE_BOB, "one");
        rig.ask(new Command.CloseSession(BOB, PHONE, epoch, 0, DeviceProgress.at(0), List.of(), rig.clock.millis()));
        rig.restart();

        assertThat(rig.open(BOB, LAPTOP, false, DAY).progress()).isEqualTo(DeviceProgress.at(1));
    }

    @Test
    void urgent_namesItsConversationUpToIt_afterARestartToo() throws StorageFailure {
        ConversationId carolBob = ConversationId.direct(BOB, CAROL);
        assertThat(urgent(0)).isEmpty();
        for (int i = 1; i <= 3; i++) {
            rig.send(ALICE, ALICE_BOB, "a" + i);
            rig.send(CAROL, carolBob, "c" + i);
        }
        assertThat(urgent(0)).isEmpty();
        rig.accepted(hurried("fire"), Reply.Sent.class);
        rig.send(CAROL, carolBob, "after");
        rig.restart();

        assertThat(urgent(0)).extracting(InboxItem::position).containsExactly(2L, 4L, 6L, 7L);
        assertThat(urgent(4)).extracting(InboxItem::position).containsExactly(6L, 7L);
        assertThat(urgent(7)).isEmpty();
    }

    @Test
    void urgent_whatWasTrimmedBeforeIt_isAGapInItsPlace() throws StorageFailure {
        ConversationId carolBob = ConversationId.direct(BOB, CAROL);
        rig.open(BOB, PHONE, false, DAY);
        rig.accepted(hurried("long ago"), Reply.Sent.class);
        for (int i = 0; i < 200; i++) {
            rig.send(ALICE, ALICE_BOB, "a" + i);
        }
        assertThat(urgent(0)).singleElement().isInstanceOf(InboxItem.Missing.class);
        rig.accepted(hurried("now"), Reply.Sent.class);

        List<InboxItem> items = urgent(0);
        assertThat(items).hasSize(2);
        assertThat(items.get(0)).isInstanceOfSatisfying(InboxItem.Missing.class, gap -> {
            assertThat(gap.conversation()).isEqualTo(carolBob);
            assertThat(gap.to()).isEqualTo(1);
        });
        assertThat(items.get(1).position()).isEqualTo(202);
    }

    /** What is urgent for Bob above a position. */
    private List<InboxItem> urgent(long after) {
        return rig.store()
                .reads()
                .urgent(BOB, after, 512, 1 << 20)
                .toCompletableFuture()
                .join();
    }

    private Command.SendMessage hurried(String body) {
        MessageProperties high = new MessageProperties(
                null,
                false,
                0,
                List.of(new MessageProperties.UserProperty(MessageProperties.PRIORITY, MessageProperties.HIGH)));
        return new Command.SendMessage(
                Actor.of(CAROL, PHONE),
                ConversationId.direct(BOB, CAROL),
                null,
                Bytes.utf8(body),
                high,
                null,
                rig.clock.millis());
    }

    private Command.SendMessage qos2(String body, int packetId) {
        return new Command.SendMessage(
                Actor.of(ALICE, PHONE),
                ALICE_BOB,
                null,
                Bytes.utf8(body),
                MessageProperties.NONE,
                packetId,
                rig.clock.millis());
    }

    @Test
    void inbox_entriesOverTheAge_giveWayToOneGapPerConversation() throws StorageFailure {
        ConversationId carolBob = ConversationId.direct(BOB, CAROL);
        rig.open(BOB, PHONE, false, DAY);
        for (int i = 0; i < 3; i++) {
            rig.send(ALICE, ALICE_BOB, "a" + i);
            rig.send(CAROL, carolBob, "c" + i);
        }
        rig.pass(Duration.ofDays(20));
        rig.send(ALICE, ALICE_BOB, "young");
        rig.pass(Duration.ofHours(10 * 24 + 12));
        assertThat(rig.backlog(BOB)).as("half a day over the age").hasSize(7);

        rig.pass(Duration.ofDays(1));

        List<InboxItem> items = rig.backlog(BOB);
        assertThat(items).hasSize(3);
        assertThat(items.get(0)).isEqualTo(new InboxItem.Missing(5, ALICE_BOB, 1, 3));
        assertThat(items.get(1)).isEqualTo(new InboxItem.Missing(6, carolBob, 1, 3));
        assertThat(rig.bodies(BOB)).containsExactly("young");
        rig.restart();
        assertThat(rig.backlog(BOB)).isEqualTo(items);
        rig.pass(Duration.ofDays(32));
        assertThat(rig.backlog(BOB))
                .containsExactly(new InboxItem.Missing(6, carolBob, 1, 3), new InboxItem.Missing(7, ALICE_BOB, 1, 4));
        rig.forget();
        rig.send(ALICE, ALICE_BOB, "next");
        assertThat(((Event.EntryAdded) rig.toldOf(BOB).get(0)).position()).isEqualTo(8);
    }

    @Test
    void inbox_oldEntriesThatAreDone_goWithoutAGap() {
        long epoch = rig.open(BOB, PHONE, false, DAY).epoch();
        rig.send(ALICE, ALICE_BOB, "one");
        rig.send(ALICE, ALICE_BOB, "two");
        rig.ask(new Command.MoveCursor(BOB, PHONE, epoch, DeviceProgress.at(1), rig.clock.millis()));

        rig.pass(Duration.ofDays(32));

        assertThat(rig.backlog(BOB)).containsExactly(new InboxItem.Missing(2, ALICE_BOB, 2, 2));
    }

    @Test
    void inboxesOfManyUsers_areSweptAPageAtATime_alsoAfterARestart() throws StorageFailure {
        int users = 2 * OldEntries.PAGE_USERS;
        for (int i = 0; i < users; i++) {
            UserId user = new UserId("user" + i);
            rig.send(user, ConversationId.direct(user, user), "note");
        }
        rig.clock.advance(Duration.ofDays(32).toMillis());
        rig.run();
        assertThat(gaps(users)).isEqualTo(OldEntries.PAGE_USERS);
        rig.restart();
        rig.pass(Duration.ofMinutes(1));
        assertThat(gaps(users)).isEqualTo(users);
    }

    private long gaps(int users) {
        return IntStream.range(0, users)
                .mapToObj(i -> rig.backlog(new UserId("user" + i)).get(0))
                .filter(InboxItem.Missing.class::isInstance)
                .count();
    }
}
