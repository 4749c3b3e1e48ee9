package dev.waggle.store.lane;

import static dev.waggle.store.lane.StoreRig.ALICE;
import static dev.waggle.store.lane.StoreRig.ALICE_BOB;
import static dev.waggle.store.lane.StoreRig.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Reply;
import dev.waggle.spec.message.SendKey;
import dev.waggle.store.Outcome;
import dev.waggle.store.memory.WriteFault;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What idempotency keys promise, and what becomes of them, whatever the medium. */
public abstract class KeyContract extends StoreContract {
    /** A sweep is due, but no living key is over. */
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final Duration WINDOW_AND_GRACE = Duration.ofDays(7).plusHours(2);

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
    void expiredKeys_areForgotten() throws StorageFailure {
        rig.accepted(rig.message(ALICE, ALICE_BOB, "k", "one"), Reply.Sent.class);
        rig.restart();
        rig.clock.advance(Duration.ofDays(7).toMillis());

        assertThat(rig.accepted(rig.message(ALICE, ALICE_BOB, "k", "other"), Reply.Sent.class)
                        .seq())
                .isEqualTo(2);
    }

    @Test
    void expiredKeys_areDeleted_aPageAtATime_alsoAfterRestarts() throws StorageFailure {
        int keys = 2 * ExpiredKeys.PAGE_ROWS + 100;
        for (int i = 0; i < keys; i++) {
            rig.store().submit(this, rig.message(ALICE, ALICE_BOB, "k" + i, "one"), outcome -> {});
        }
        rig.run();
        assertThat(rig.storage.rows(Table.KEYS)).isEqualTo(keys);

        rig.pass(WINDOW_AND_GRACE);
        assertThat(rig.storage.rows(Table.KEYS)).isEqualTo(keys - ExpiredKeys.PAGE_ROWS);
        rig.restart();
        rig.pass(MINUTE);
        assertThat(rig.storage.rows(Table.KEYS)).isEqualTo(100);
        rig.pass(MINUTE);
        assertThat(rig.storage.rows(Table.KEYS)).isZero();
        assertThat(rig.bodies(BOB)).hasSize(100);
    }

    @Test
    void sweep_ofNewKeys_goesOnWhereTheLastProcessStood() throws StorageFailure {
        for (int i = 0; i < ExpiredKeys.PAGE_ROWS; i++) {
            rig.store().submit(this, rig.message(ALICE, ALICE_BOB, "k" + i, "one"), outcome -> {});
        }
        rig.run();
        rig.clock.advance(WINDOW_AND_GRACE.toMillis() / 2);
        for (int i = 0; i < ExpiredKeys.PAGE_ROWS; i++) {
            rig.store()
                    .submit(
                            this,
                            rig.message(ALICE, ConversationId.direct(ALICE, ALICE), "k" + i, "one"),
                            outcome -> {});
        }
        rig.run();
        rig.restart();
        rig.pass(WINDOW_AND_GRACE.dividedBy(2)); // the page of those that live
        rig.restart();
        assertThat(rig.storage.rows(Table.KEYS)).isEqualTo(2 * ExpiredKeys.PAGE_ROWS);

        rig.pass(MINUTE);
        assertThat(rig.storage.rows(Table.KEYS)).isEqualTo(ExpiredKeys.PAGE_ROWS);
    }

    @Test
    void keysOfCalls_goAfterADay_thoseOfMessagesStay() throws StorageFailure {
        Reply.Sent first = rig.accepted(rig.message(ALICE, ALICE_BOB, "k", "one"), Reply.Sent.class);
        Command.CreateGroup create = rig.create(ALICE, BOB);
        rig.accepted(
                new Command.CreateGroup(
                        create.actor(),
                        create.conversation(),
                        create.settings(),
                        create.members(),
                        new SendKey(Bytes.utf8("k")),
                        create.now()),
                Reply.GroupCreated.class);
        rig.pass(Duration.ofHours(23));
        assertThat(rig.storage.rows(Table.KEYS)).isEqualTo(2);

        rig.pass(Duration.ofHours(3));

        assertThat(rig.storage.rows(Table.KEYS)).isEqualTo(1);
        assertThat(rig.accepted(rig.message(ALICE, ALICE_BOB, "k", "one"), Reply.Sent.class))
                .isEqualTo(first);
    }

    @Test
    void expiredKey_usedAgainWhileItsPageIsRead_isNotDeleted() throws StorageFailure {
        rig.accepted(rig.message(ALICE, ALICE_BOB, "k", "one"), Reply.Sent.class);
        rig.readers.hold();
        rig.pass(WINDOW_AND_GRACE);
        rig.storage.beforeNextWrite(rig.readers::runOne);

        Reply.Sent second = rig.accepted(rig.message(ALICE, ALICE_BOB, "k", "other"), Reply.Sent.class);

        assertThat(rig.storage.rows(Table.KEYS)).isEqualTo(1);
        assertThat(rig.accepted(rig.message(ALICE, ALICE_BOB, "k", "other"), Reply.Sent.class))
                .isEqualTo(second);
    }

    @Test
    void expiredKey_usedAgainWhenItsPageComesBack_isNotDeleted() throws StorageFailure {
        rig.accepted(rig.message(ALICE, ALICE_BOB, "k", "one"), Reply.Sent.class);
        rig.readers.hold();
        rig.pass(WINDOW_AND_GRACE);
        rig.readers.runOne();

        Reply.Sent second = rig.accepted(rig.message(ALICE, ALICE_BOB, "k", "other"), Reply.Sent.class);

        assertThat(rig.storage.rows(Table.KEYS)).isEqualTo(1);
        assertThat(rig.accepted(rig.message(ALICE, ALICE_BOB, "k", "other"), Reply.Sent.class))
                .isEqualTo(second);
    }

    @Test
    void sweep_whoseWriteFails_isRepeated() throws StorageFailure {
        rig.accepted(rig.message(ALICE, ALICE_BOB, "k", "one"), Reply.Sent.class);
        rig.storage.failNextWrite(WriteFault.BEFORE);
        rig.pass(WINDOW_AND_GRACE);
        rig.pass(MINUTE);
        assertThat(rig.store().problems()).isEmpty();

        rig.pass(MINUTE);

        assertThat(rig.storage.rows(Table.KEYS)).isZero();
    }

    @Test
    void key_usedWhileAnotherCommandWaitsForItsRow_isFoundByThatOne() {
        rig.send(ALICE, ALICE_BOB, "hot");
        rig.storage.cold(true);
        rig.readers.hold();
        List<Outcome> outcomes = new ArrayList<>();
        rig.store().submit("a", rig.message(ALICE, ALICE_BOB, "k", "one"), outcomes::add);
        rig.run();
        rig.readers.runOne();
        rig.storage.cold(false);
        Reply.Sent first = rig.accepted(rig.message(ALICE, ALICE_BOB, "k", "one"), Reply.Sent.class);
        rig.readers.release();
        rig.run();

        assertThat(outcomes).containsExactly(new Outcome.Accepted(first));
        assertThat(rig.bodies(BOB)).containsExactly("hot", "one");
    }
}
