package dev.waggle.store.lane;

import static dev.waggle.store.lane.StoreRig.ALICE;
import static dev.waggle.store.lane.StoreRig.ALICE_BOB;
import static dev.waggle.store.lane.StoreRig.BOB;
import static dev.waggle.store.lane.StoreRig.CAROL;
import static dev.waggle.store.lane.StoreRig.TEAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.Limits;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Reply;
import dev.waggle.store.Outcome;
import dev.waggle.store.storage.StorageFailure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a user of the door relies on while the disk works, whatever the medium. */
public abstract class ChatStoreContract extends StoreContract {
    private static final ConversationId.Group GROUP = new ConversationId.Group(TEAM);
    private static final long DAY = 24 * 3_600;

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
