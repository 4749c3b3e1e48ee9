package dev.waggle.store.lane;

import static dev.waggle.store.lane.StoreRig.ALICE;
import static dev.waggle.store.lane.StoreRig.ALICE_BOB;
import static dev.waggle.store.lane.StoreRig.BOB;
import static dev.waggle.store.lane.StoreRig.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.InboxItem;
import dev.waggle.spec.message.OwnSettings;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Reply;
import dev.waggle.store.Outcome;
import dev.waggle.store.Reads;
import dev.waggle.store.memory.WriteFault;
import dev.waggle.store.storage.StorageFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What editing and deleting promise, whatever the medium. */
public abstract class ErasureContract extends StoreContract {
    @Test
    void edit_isSeenByWhoComesLater_alsoAfterARestart() throws StorageFailure {
        rig.send(ALICE, ALICE_BOB, "helo");
        assertThat(rig.accepted(edit(ALICE, 1, "hello"), Reply.Edited.class).seq())
                .isEqualTo(2);
        assertThat(rig.bodies(BOB)).containsExactly("hello");
        rig.restart();

        assertThat(rig.bodies(BOB)).containsExactly("hello");
        assertThat(rig.accepted(edit(ALICE, 1, "hello!"), Reply.Edited.class).seq())
                .isEqualTo(3);
        assertThat(rig.bodies(BOB)).containsExactly("hello!");
        List<Event.LogEntry> history = history(BOB);
        assertThat(history.get(0)).isInstanceOf(Event.MessageStored.class);
        assertThat(history.get(1)).isInstanceOf(Event.MessageErased.class);
        assertThat(history.get(2)).isInstanceOf(Event.MessageEdited.class);
    }

    @Test
    void delete_leavesTombstonesAndOneEvent_alsoAfterARestart() throws StorageFailure {
        for (int i = 0; i < 100; i++) {
            rig.send(ALICE, ALICE_BOB, "m" + i);
        }
        rig.restart();
        rig.forget();
        assertThat(rig.accepted(delete(ALICE, 1, 99), Reply.Deleted.class)).isEqualTo(new Reply.Deleted(99, 101));

        assertThat(rig.toldOf(BOB)).hasSize(1);
        assertThat(rig.bodies(BOB)).containsExactly("m99");
        assertThat(rig.backlog(BOB)).hasSize(101);
        assertThat(history(BOB).get(98)).isInstanceOf(Event.MessageErased.class);
        assertThat(inbox(BOB).unread()).isEqualTo(1);
        rig.restart();
        assertThat(rig.bodies(BOB)).containsExactly("m99");
        assertThat(rig.accepted(delete(ALICE, 1, 99), Reply.Deleted.class)).isEqualTo(new Reply.Deleted(0, 101));
    }

    @Test
    void commandsOfOneGroup_seeEachOther() {
        List<Outcome> outcomes = new ArrayList<>();
        rig.store().submit("a", rig.message(ALICE, ALICE_BOB, null, "one"), outcomes::add);
        rig.store().submit("a", edit(ALICE, 1, "two"), outcomes::add);
        rig.store().submit("a", edit(ALICE, 1, "three"), outcomes::add);
        rig.store().submit("a", delete(ALICE, 1, 5), outcomes::add);
        rig.store().submit("a", edit(ALICE, 1, "four"), outcomes::add);
        rig.store().submit("a", delete(ALICE, 1, 5), outcomes::add);
        rig.store().step();

        assertThat(rig.storage.syncs).containsExactly(true);
        assertThat(outcomes.subList(0, 4)).hasOnlyElementsOfType(Outcome.Accepted.class);
        assertThat(rejected(outcomes.get(4))).isEqualTo(Refusal.NOT_FOUND);
        assertThat(outcomes.get(5)).isEqualTo(new Outcome.Accepted(new Reply.Deleted(0, 4)));
        assertThat(rig.bodies(BOB)).isEmpty();
        assertThat(rig.backlog(BOB).stream()
                        .map(item -> ((InboxItem.Entry) item).entry().getClass().getSimpleName()))
                .containsExactly("MessageErased", "MessageErased", "MessageErased", "MessagesDeleted");
    }

    @Test
    void delete_ofColdMessages_waitsForTheDisk_andSeesWhatChangedMeanwhile() throws StorageFailure {
        for (int i = 0; i < 200; i++) {
            rig.send(ALICE, ALICE_BOB, "m" + i);
        }
        rig.restart();
        rig.send(ALICE, ALICE_BOB, "hot");
        rig.storage.cold(true);
        rig.readers.hold();
        List<Outcome> outcomes = new ArrayList<>();
        rig.store().submit("a", delete(ALICE, 1, 200), outcomes::add);
        rig.run();
        assertThat(outcomes).isEmpty();
        rig.readers.runOne();
        rig.storage.cold(false);
        rig.accepted(edit(ALICE, 100, "edited meanwhile"), Reply.Edited.class);
        rig.readers.release();
        rig.run();

        assertThat(outcomes).containsExactly(new Outcome.Accepted(new Reply.Deleted(200, 203)));
        assertThat(rig.bodies(BOB)).containsExactly("hot");
        assertThat(history(BOB).stream().filter(entry -> entry instanceof Event.MessageEdited))
                .isEmpty();
    }

    @Test
    void failedWrite_leavesWhatWas() throws StorageFailure {
        rig.send(ALICE, ALICE_BOB, "one");
        rig.storage.failNextWrite(WriteFault.BEFORE);
        assertThat(rig.ask(delete(ALICE, 1, 1))).isInstanceOf(Outcome.Failed.class);
        rig.pass(Duration.ofMinutes(1));

        assertThat(rig.bodies(BOB)).containsExactly("one");
        assertThat(rig.accepted(edit(ALICE, 1, "two"), Reply.Edited.class).seq())
                .isEqualTo(2);
        assertThat(rig.bodies(BOB)).containsExactly("two");
    }

    @Test
    void hide_isForOneUserAlone_alsoAfterARestart() throws StorageFailure {
        for (int i = 1; i <= 5; i++) {
            rig.send(ALICE, ALICE_BOB, "m" + i);
        }
        rig.accepted(edit(ALICE, 2, "edited"), Reply.Edited.class);
        rig.forget();
        assertThat(rig.accepted(hide(2, 3), Reply.Deleted.class)).isEqualTo(new Reply.Deleted(2, 6));
        assertThat(rig.accepted(hide(3, 3), Reply.Deleted.class)).isEqualTo(new Reply.Deleted(0, 6));
        assertThat(rig.toldOf(BOB)).hasSize(1).first().isInstanceOf(Event.OwnChanged.class);
        assertThat(rig.toldOf(ALICE)).isEmpty();
        rig.restart();
        assertThat(rig.accepted(hide(5, 99), Reply.Deleted.class)).isEqualTo(new Reply.Deleted(2, 6));

        assertThat(rig.bodies(BOB)).containsExactly("m1", "m4");
        assertThat(rig.backlog(BOB)).hasSize(6);
        assertThat(rig.bodies(ALICE)).containsExactly("m1", "edited", "m3", "m4", "m5");
        assertThat(history(BOB)).extracting(Event.LogEntry::seq).containsExactly(1L, 4L);
        assertThat(history(ALICE)).hasSize(6);
        assertThat(inbox(BOB).unread()).isEqualTo(2);
        Reads.OwnPage own =
                rig.store().reads().own(BOB, 0, null).toCompletableFuture().join();
        assertThat(own.next()).isNull();
        assertThat(own.changed().values())
                .extracting(OwnSettings::hidden)
                .containsExactly(SeqRanges.of(2, 3).with(SeqRanges.of(5, 6)));
        assertThat(rig.store()
                        .reads()
                        .own(BOB, rig.clock.millis() + 1, null)
                        .toCompletableFuture()
                        .join()
                        .changed())
                .isEmpty();
    }

    @Test
    void hide_inTooManyPieces_isRefused() {
        for (int i = 1; i <= 2 * OwnSettings.MOST_RANGES + 2; i++) {
            rig.store().submit(this, rig.message(ALICE, ALICE_BOB, null, "m"), outcome -> {});
        }
        rig.run();
        for (int i = 1; i <= OwnSettings.MOST_RANGES; i++) {
            rig.accepted(hide(2 * i, 2 * i), Reply.Deleted.class);
        }
        assertThat(rejected(rig.ask(hide(1 + 2 * OwnSettings.MOST_RANGES + 1, 9_999))))
                .isEqualTo(Refusal.QUOTA);
        rig.accepted(hide(3, 3), Reply.Deleted.class);
        rig.accepted(hide(1 + 2 * OwnSettings.MOST_RANGES + 1, 9_999), Reply.Deleted.class);
    }

    private Command.HideMessages hide(long from, long to) {
        return new Command.HideMessages(
                Actor.of(BOB, PHONE), ALICE_BOB, SeqRanges.of(from, to), null, rig.clock.millis());
    }

    Command.EditMessage edit(UserId by, long seq, String body) {
        return new Command.EditMessage(Actor.of(by, PHONE), ALICE_BOB, seq, Bytes.utf8(body), null, rig.clock.millis());
    }

    Command.DeleteMessages delete(UserId by, long from, long to) {
        return new Command.DeleteMessages(
                Actor.of(by, PHONE), ALICE_BOB, SeqRanges.of(from, to), null, rig.clock.millis());
    }

    private List<Event.LogEntry> history(UserId reader) {
        Reads.HistoryPage page = rig.store()
                .reads()
                .history(reader, ALICE_BOB, null, 0L, 200)
                .toCompletableFuture()
                .join()
                .fold(given -> given, refused -> {
                    throw new AssertionError(refused.message());
                });
        return page.entries();
    }

    private Reads.ConversationSummary inbox(UserId reader) {
        return rig.store()
                .reads()
                .inbox(reader, null, null, 10)
                .toCompletableFuture()
                .join()
                .conversations()
                .get(0);
    }
}
