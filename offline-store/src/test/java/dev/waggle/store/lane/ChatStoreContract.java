package dev.waggle.store.lane;

import static dev.waggle.store.lane.StoreRig.ALICE;
import static dev.waggle.store.lane.StoreRig.ALICE_BOB;
import static dev.waggle.store.lane.StoreRig.BOB;
import static dev.waggle.store.lane.StoreRig.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Reply;
import dev.waggle.store.Outcome;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageOpener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a user of the door relies on, whatever the medium. */
public abstract class ChatStoreContract {
    protected StoreRig rig;

    /** Opens the same store again and again; empty at first. */
    protected abstract StorageOpener opener() throws Exception;

    @BeforeEach
    void boot() throws Exception {
        rig = new StoreRig(opener()).boot();
    }

    @Test
    void send_toAPeer_numbersTheMessageAndTellsBoth() {
        assertThat(rig.send(ALICE, ALICE_BOB, "one").seq()).isEqualTo(1);
        assertThat(rig.send(BOB, ALICE_BOB, "two").seq()).isEqualTo(2);

        assertThat(rig.toldOf(BOB))
                .extracting(event -> ((Event.EntryAdded) event).position())
                .containsExactly(1L, 2L);
        assertThat(rig.toldOf(ALICE)).hasSize(2);
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
        assertThat(rig.ask(rig.message(ALICE, ALICE_BOB, "k", "other")))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.rejection().refusal()).isEqualTo(Refusal.ID_REUSED));
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
        assertThat(outcomes.get(2)).isInstanceOf(Outcome.Rejected.class);
        assertThat(rig.toldOf(BOB)).hasSize(1);
    }

    @Test
    void restart_continuesSeqsPositionsAndSessions() throws StorageFailure {
        assertThat(rig.open(BOB, PHONE, false, 3_600).present()).isFalse();
        rig.send(ALICE, ALICE_BOB, "one");
        rig.restart();
        rig.forget();

        assertThat(rig.send(ALICE, ALICE_BOB, "two").seq()).isEqualTo(2);
        assertThat(((Event.EntryAdded) rig.toldOf(BOB).get(0)).position()).isEqualTo(2);
        Reply.SessionOpened again = rig.open(BOB, PHONE, false, 3_600);
        assertThat(again.present()).isTrue();
        assertThat(again.waiting()).isEqualTo(2);
        assertThat(again.dupBefore()).isEqualTo(rig.bootedAt());
    }
}
