package dev.waggle.store.lane;

import static dev.waggle.store.lane.StoreRig.ALICE;
import static dev.waggle.store.lane.StoreRig.ALICE_BOB;
import static dev.waggle.store.lane.StoreRig.BOB;
import static dev.waggle.store.lane.StoreRig.CAROL;
import static dev.waggle.store.lane.StoreRig.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.Limits;
import dev.waggle.spec.message.Reply;
import dev.waggle.store.Outcome;
import dev.waggle.store.StoreProblem;
import dev.waggle.store.memory.WriteFault;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageOpener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a user of the door relies on when the disk does not work, whatever the medium (ARCHITECTURE §3.5). */
public abstract class StoreFailureContract {
    protected StoreRig rig;

    /** Opens the same store again and again; empty at first. */
    protected abstract StorageOpener opener() throws Exception;

    @BeforeEach
    void boot() throws Exception {
        rig = new StoreRig(opener(), Limits.defaults(), LaneLimits.defaults()).boot();
    }

    @AfterEach
    void close() {
        rig.readers.release();
        rig.store().close();
    }

    @ParameterizedTest
    @EnumSource(
            value = WriteFault.class,
            names = {"BEFORE", "DURING", "AFTER"})
    void write_thatFails_isRepeatedWithItsKey_andStoredOnce(WriteFault fault) {
        rig.send(BOB, ALICE_BOB, "first");
        rig.forget();
        rig.storage.failNextWrite(fault);

        assertThat(rig.ask(rig.message(ALICE, ALICE_BOB, "k", "hello"))).isInstanceOf(Outcome.Failed.class);
        assertThat(rig.told).isEmpty();
        assertThat(rig.store().problems()).singleElement().asString().contains("as the test wants");
        rig.clock.advance(1_000);
        rig.run();

        assertThat(rig.store().problems()).isEmpty();
        assertThat(rig.accepted(rig.message(ALICE, ALICE_BOB, "k", "hello"), Reply.Sent.class)
                        .seq())
                .isEqualTo(2);
        assertThat(rig.accepted(rig.message(ALICE, ALICE_BOB, "k", "hello"), Reply.Sent.class)
                        .seq())
                .isEqualTo(2);
        assertThat(rig.send(BOB, ALICE_BOB, "next").seq()).isEqualTo(3);
        assertThat(rig.bodies(BOB)).containsExactly("first", "hello", "next");
        assertThat(rig.bodies(ALICE)).containsExactly("first", "hello", "next");
    }

    @ParameterizedTest
    @EnumSource(
            value = WriteFault.class,
            names = {"BEFORE", "AFTER"})
    void write_thatFails_failsTheWholeGroup_rejectionsToo(WriteFault fault) {
        List<Outcome> outcomes = new ArrayList<>();
        rig.storage.failNextWrite(fault);
        rig.store().submit("a", rig.message(ALICE, ALICE_BOB, null, "one"), outcomes::add);
        rig.store().submit("b", rig.message(CAROL, ALICE_BOB, null, "two"), outcomes::add);

        rig.store().step();

        assertThat(outcomes).hasSize(2).allMatch(Outcome.Failed.class::isInstance);
        assertThat(rig.store().queueLength()).isZero();
    }

    @Test
    void write_thatFails_failsWhatIsBeingWarmed_andItsReadsAreForgotten() throws StorageFailure {
        rig.open(BOB, PHONE, false, 3_600);
        List<Outcome> outcomes = new ArrayList<>();
        rig.storage.cold(true);
        rig.readers.hold();
        ConversationId carolBob = ConversationId.direct(BOB, CAROL);
        rig.store().submit("a", rig.message(CAROL, carolBob, null, "cold"), outcomes::add);
        rig.store().submit("a", rig.message(CAROL, carolBob, null, "behind"), outcomes::add);
        rig.run();
        rig.storage.cold(false);
        rig.storage.failNextWrite(WriteFault.AFTER);
        assertThat(rig.ask(rig.message(ALICE, ALICE_BOB, null, "fails"))).isInstanceOf(Outcome.Failed.class);

        assertThat(outcomes).hasSize(2).allMatch(Outcome.Failed.class::isInstance);
        rig.readers.release();
        rig.clock.advance(1_000);
        rig.run();
        assertThat(rig.send(ALICE, ALICE_BOB, "second").seq()).isEqualTo(2);
        assertThat(rig.bodies(BOB)).containsExactly("fails", "second");
    }

    @Test
    void whileBroken_commandsFail_andReadsGoOn() {
        rig.send(ALICE, ALICE_BOB, "one");
        rig.storage.failNextWrite(WriteFault.BEFORE);
        rig.ask(rig.message(ALICE, ALICE_BOB, null, "two"));

        assertThat(rig.ask(rig.message(ALICE, ALICE_BOB, null, "three"))).isInstanceOf(Outcome.Failed.class);
        assertThat(rig.bodies(BOB)).containsExactly("one");
        assertThat(rig.storage.opened()).isEqualTo(1);
    }

    @Test
    void reopening_waitsLongerAndLonger_andSaysWhy() {
        rig.storage.failNextWrite(WriteFault.BEFORE);
        rig.ask(rig.message(ALICE, ALICE_BOB, null, "one"));
        rig.storage.refuseToOpen(new StorageFailure(StorageFailure.Kind.FULL, "no space left"));
        for (int i = 0; i < 10; i++) {
            rig.clock.advance(1_900);
            rig.run();
        }
        assertThat(rig.store().problems()).singleElement().asString().contains("no space left");

        rig.storage.refuseToOpen(null);
        rig.run();
        assertThat(rig.ask(rig.message(ALICE, ALICE_BOB, null, "one"))).isInstanceOf(Outcome.Failed.class);
        rig.clock.advance(2_000);
        rig.run();

        assertThat(rig.store().problems()).isEmpty();
        assertThat(rig.send(ALICE, ALICE_BOB, "one").seq()).isEqualTo(1);
    }

    @Test
    void reopening_isNotTriedWhileItIsSureToFail_soThatReadsGoOn() {
        rig.send(ALICE, ALICE_BOB, "one");
        rig.storage.failNextWrite(WriteFault.BEFORE);
        rig.storage.worthTrying(false);
        rig.ask(rig.message(ALICE, ALICE_BOB, null, "two"));
        rig.clock.advance(10_000);
        rig.run();
        assertThat(rig.bodies(BOB)).containsExactly("one");

        rig.storage.worthTrying(true);
        rig.clock.advance(10_000);
        rig.run();

        assertThat(rig.send(ALICE, ALICE_BOB, "two").seq()).isEqualTo(2);
    }

    @Test
    void shortOfSpace_isSaidBeforeAnythingFailed() {
        rig.storage.shortage("3 MiB left");

        assertThat(rig.store().problems()).containsExactly(new StoreProblem("disk", "3 MiB left"));
        rig.storage.shortage(null);
        assertThat(rig.store().problems()).isEmpty();
    }

    @Test
    void readersThatAreGone_failTheCommandsThatNeedThem_andNoOthers() {
        rig.send(ALICE, ALICE_BOB, "hot");
        rig.storage.cold(true);
        rig.readers.refuse();

        assertThat(rig.ask(rig.message(CAROL, ConversationId.direct(BOB, CAROL), null, "cold")))
                .isInstanceOf(Outcome.Failed.class);
        assertThat(rig.send(ALICE, ALICE_BOB, "hot").seq()).isEqualTo(2);
    }

    @Test
    void listenerThatThrows_doesNotKeepTheTicketsWaiting() {
        rig.failListener();

        assertThat(rig.send(ALICE, ALICE_BOB, "one").seq()).isEqualTo(1);
        assertThat(rig.send(ALICE, ALICE_BOB, "two").seq()).isEqualTo(2);
    }

    @Test
    void close_whileBroken_endsAndFailsWhatWaits() {
        rig.storage.failNextWrite(WriteFault.AFTER);
        List<Outcome> outcomes = new ArrayList<>();
        rig.store().submit("a", rig.message(ALICE, ALICE_BOB, "k", "one"), outcomes::add);
        rig.store().step();
        rig.store().submit("a", rig.message(ALICE, ALICE_BOB, null, "two"), outcomes::add);

        rig.store().close();

        assertThat(outcomes).hasSize(2).allMatch(Outcome.Failed.class::isInstance);
    }
}
