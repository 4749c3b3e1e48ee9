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
import dev.waggle.spec.Limits;
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
import dev.waggle.store.Outcome;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageOpener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a user of the door relies on while the disk works, whatever the medium. */
public abstract class ChatStoreContract {
    private static final ConversationId.Group GROUP = new ConversationId.Group(TEAM);
    private static final long DAY = 24 * 3_600;

    protected StoreRig rig;

    /** Opens the same store again and again; empty at first. */
    protected abstract StorageOpener opener() throws Exception;

    @BeforeEach
    void boot() throws Exception {
        rig = new StoreRig(opener(), smallInboxes(), LaneLimits.defaults()).boot();
    }

    @AfterEach
    void close() {
        rig.readers.release();
        rig.store().close();
    }

    @Test
    void send_toAPeer_numbersTheMessageAndTellsBoth() {
        assertThat(rig.send(ALICE, ALICE_BOB, "one").seq()).isEqualTo(1);
        assertThat(rig.send(BOB, ALICE_BOB, "two").seq()).isEqualTo(2);

        assertThat(rig.toldOf(BOB))
                .extracting(event -> ((Event.EntryAdded) event).position())
                .containsExactly(1L, 2L);
        assertThat(rig.toldOf(ALICE)).hasSize(2);
        assertThat(rig.bodies(BOB)).containsExactly("one", "two");
    }

    @Test
    void send_toOneself_isOneEntry() {
        rig.send(ALICE, ConversationId.direct(ALICE, ALICE), "milk");

        assertThat(rig.told).hasSize(1);
        assertThat(rig.bodies(ALICE)).containsExactly("milk");
    }

    @Test
    void send_withAUsedKey_givesTheFirstAnswerAndStoresNothing() throws StorageFailure {
        Reply.Sent first = rig.accepted(rig.message(ALICE, ALICE_BOB, "k", "hello"), Reply.Sent.class);
        rig.forget();

        assertThat(rig.accepted(rig.message(ALICE, ALICE_BOB, "k", "hello"), Reply.Sent.class))
                .isEqualTo(first);
        rig.restart();
        assertThat(rig.accepted(rig.message(ALICE, ALICE_BOB, "k", "hello"), Reply.Sent.class))
                .isEqualTo(first);
        assertThat(rig.told).isEmpty();
        assertThat(rejected(rig.ask(rig.message(ALICE, ALICE_BOB, "k", "other"))))
                .isEqualTo(Refusal.ID_REUSED);
        assertThat(rig.bodies(BOB)).containsExactly("hello");
    }

    @Test
    void send_twiceWithOneKeyInOneGroup_isStoredOnce() {
        List<Outcome> outcomes = new ArrayList<>();
        rig.store().submit("a", rig.message(ALICE, ALICE_BOB, "k", "hello"), outcomes::add);
        rig.store().submit("b", rig.message(ALICE, ALICE_BOB, "k", "hello"), outcomes::add);
        rig.store().submit("b", rig.message(ALICE, ALICE_BOB, "k", "other"), outcomes::add);

        rig.store().step();

        assertThat(outcomes).hasSize(3);
        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Accepted.class).isEqualTo(outcomes.get(1));
        assertThat(rejected(outcomes.get(2))).isEqualTo(Refusal.ID_REUSED);
        assertThat(rig.toldOf(BOB)).hasSize(1);
        assertThat(rig.storage.syncs).containsExactly(true);
    }

    @Test
    void group_isOneWrite_listenersFirst_thenTicketsInOrder() {
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String name = "m" + i;
            rig.store().submit(name, rig.message(ALICE, ALICE_BOB, null, name), outcome -> {
                assertThat(rig.told).hasSize(20);
                order.add(name);
            });
        }

        rig.store().step();

        assertThat(order).containsExactly("m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9");
        assertThat(rig.storage.syncs).containsExactly(true);
    }

    @Test
    void rejection_storesNothing() {
        assertThat(rejected(rig.ask(rig.message(CAROL, ALICE_BOB, "k", "hi")))).isEqualTo(Refusal.NOT_ALLOWED);

        assertThat(rig.storage.syncs).isEmpty();
        assertThat(rig.told).isEmpty();
    }

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
                BOB, PHONE, epoch, DAY, progress, List.of(2L, 4L), Map.of(ALICE_BOB, 3L), rig.clock.millis()));
        rig.restart();

        Reply.SessionOpened again = rig.open(BOB, PHONE, false, DAY);

        assertThat(again.filters()).containsExactly(filter);
        assertThat(again.progress()).isEqualTo(progress);
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
    void group_livesThroughARestart() throws StorageFailure {
        rig.accepted(rig.create(ALICE, BOB), Reply.GroupCreated.class);
        rig.send(BOB, GROUP, "hi");
        rig.restart();

        assertThat(rejected(rig.ask(rig.message(CAROL, GROUP, null, "let me in"))))
                .isEqualTo(Refusal.NOT_MEMBER);
        assertThat(rig.send(ALICE, GROUP, "welcome").seq()).isEqualTo(3);
        assertThat(rejected(rig.ask(rig.create(CAROL)))).isEqualTo(Refusal.EXISTS);
        assertThat(rig.backlog(BOB)).hasSize(3);
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
    void coldStates_areReadByReaders_andTheAnswersAreTheSame() throws StorageFailure {
        rig.open(BOB, PHONE, false, DAY);
        rig.accepted(rig.create(ALICE, BOB, CAROL), Reply.GroupCreated.class);
        rig.accepted(rig.message(ALICE, ALICE_BOB, "k", "one"), Reply.Sent.class);
        rig.restart();
        rig.storage.cold(true);

        assertThat(rig.send(CAROL, GROUP, "hi").seq()).isEqualTo(2);
        assertThat(rig.accepted(rig.message(ALICE, ALICE_BOB, "k", "one"), Reply.Sent.class)
                        .seq())
                .isEqualTo(1);
        assertThat(rig.open(BOB, PHONE, false, DAY).present()).isTrue();
        assertThat(rig.open(new UserId("nobody"), PHONE, false, DAY).present()).isFalse();
    }

    @Test
    void source_keepsItsOrder_whileOneOfItsCommandsIsWarmed_andOthersGoOn() throws StorageFailure {
        rig.send(ALICE, ALICE_BOB, "hot");
        ConversationId carolBob = ConversationId.direct(BOB, CAROL);
        List<String> settled = new ArrayList<>();
        rig.storage.cold(true);
        rig.readers.hold();
        rig.store().submit("a", rig.message(CAROL, carolBob, null, "cold"), outcome -> settled.add("a1"));
        rig.store().submit("a", rig.message(ALICE, ALICE_BOB, null, "hot"), outcome -> settled.add("a2"));
        rig.store().submit("b", rig.message(BOB, ALICE_BOB, null, "hot"), outcome -> settled.add("b1"));

        rig.run();
        assertThat(settled).containsExactly("b1");
        rig.readers.release();
        rig.run();
        assertThat(settled).containsExactly("b1", "a1", "a2");
    }

    @Test
    void warmed_statesThatWereWrittenMeanwhile_areNotUsed() {
        rig.storage.cold(true);
        rig.readers.hold();
        List<Outcome> outcomes = new ArrayList<>();
        rig.store().submit("a", rig.message(ALICE, ALICE_BOB, null, "one"), outcomes::add);
        rig.run();
        rig.readers.runOne();
        rig.storage.cold(false);
        rig.send(BOB, ALICE_BOB, "two");
        rig.readers.release();
        rig.run();

        assertThat(outcomes).hasSize(1);
        assertThat(rig.bodies(BOB)).containsExactlyInAnyOrder("one", "two");
        assertThat(rig.bodies(ALICE)).hasSize(2);
    }

    @Test
    void submit_whenFull_saysFalse_andTakesAgainLater() throws Exception {
        close();
        rig = new StoreRig(opener(), Limits.defaults(), queueOf(3)).boot();
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            assertThat(rig.store().submit(this, rig.message(ALICE, ALICE_BOB, null, "m"), outcomes::add))
                    .isTrue();
        }
        assertThat(rig.store().submit(this, rig.message(ALICE, ALICE_BOB, null, "m"), outcomes::add))
                .isFalse();
        rig.run();

        assertThat(outcomes).hasSize(3);
        assertThat(rig.store().queueLength()).isZero();
        assertThat(rig.store().submit(this, rig.message(ALICE, ALICE_BOB, null, "m"), outcomes::add))
                .isTrue();
    }

    @Test
    void close_commitsWhatWaits_failsWhatCannotBe_andRefusesWhatComesLater() throws StorageFailure {
        List<Outcome> outcomes = new ArrayList<>();
        rig.store().submit("a", rig.message(ALICE, ALICE_BOB, null, "one"), outcomes::add);
        rig.run();
        rig.storage.cold(true);
        rig.readers.hold();
        rig.store().submit("a", rig.message(ALICE, ALICE_BOB, null, "two"), outcomes::add);
        rig.store().submit("b", rig.message(CAROL, ConversationId.direct(CAROL, BOB), null, "?"), outcomes::add);

        rig.store().close();
        rig.store().submit("a", rig.message(ALICE, ALICE_BOB, null, "three"), outcomes::add);

        assertThat(outcomes).hasSize(4);
        assertThat(outcomes.subList(0, 2)).allMatch(Outcome.Accepted.class::isInstance);
        assertThat(outcomes.subList(2, 4)).allMatch(Outcome.Failed.class::isInstance);
        assertThat(rig.store().problems()).isNotEmpty();
        rig.storage.cold(false);
        rig.readers.release();
        rig.boot();
        assertThat(rig.bodies(BOB)).containsExactly("one", "two");
    }

    @Test
    void expiredKeys_areForgotten() throws StorageFailure {
        rig.accepted(rig.message(ALICE, ALICE_BOB, "k", "one"), Reply.Sent.class);
        rig.restart();
        rig.clock.advance(Duration.ofDays(7).toMillis());

        assertThat(rig.accepted(rig.message(ALICE, ALICE_BOB, "k", "other"), Reply.Sent.class)
                        .seq())
                .isEqualTo(2);
    }

    @Test
    void laterDevice_beginsAtTheEnd_alsoWhenTheFirstIsGone() throws StorageFailure {
        long epoch = rig.open(BOB, PHONE, false, DAY).epoch();
        rig.send(ALICE, ALICE_BOB, "one");
        rig.ask(new Command.CloseSession(BOB, PHONE, epoch, 0, DeviceProgress.at(0), List.of(), rig.clock.millis()));
        rig.restart();

        assertThat(rig.open(BOB, LAPTOP, false, DAY).progress()).isEqualTo(DeviceProgress.at(1));
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

    private static Refusal rejected(Outcome outcome) {
        if (outcome instanceof Outcome.Rejected rejected) {
            return rejected.rejection().refusal();
        }
        throw new AssertionError("not rejected: " + outcome);
    }

    private static Limits smallInboxes() {
        Limits defaults = Limits.defaults();
        return new Limits(
                defaults.body(),
                defaults.properties(),
                defaults.packet(),
                defaults.receiveMaximum(),
                defaults.topic(),
                defaults.groupMembers(),
                defaults.devicesPerUser(),
                100,
                100,
                defaults.sessionExpiry(),
                defaults.keyWindow(),
                defaults.callKeyWindow(),
                defaults.windowMessages(),
                defaults.windowBytes());
    }

    static LaneLimits queueOf(int commands) {
        LaneLimits defaults = LaneLimits.defaults();
        return new LaneLimits(
                commands,
                defaults.queueBytes(),
                defaults.groupCommands(),
                defaults.groupBytes(),
                defaults.cacheBytes(),
                defaults.firstRetry(),
                defaults.longestRetry(),
                defaults.closing());
    }
}
