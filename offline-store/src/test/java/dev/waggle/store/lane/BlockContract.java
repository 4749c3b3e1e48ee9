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
import dev.waggle.spec.message.Answer;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.InboxItem;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Reply;
import dev.waggle.spec.message.SettingsChange;
import dev.waggle.spec.message.UserSettings;
import dev.waggle.store.Outcome;
import dev.waggle.store.Reads.HistoryPage;
import dev.waggle.store.storage.StorageFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing of who is blocked comes through, whatever the medium. */
public abstract class BlockContract extends StoreContract {
    private static final ConversationId.Group GROUP = new ConversationId.Group(TEAM);

    @Test
    void blocked_mayWrite_butIsNotSeen_neitherNowNorInHistory_norCounted() throws StorageFailure {
        rig.send(ALICE, ALICE_BOB, "before");
        block(BOB, ALICE);
        assertThat(rig.send(ALICE, ALICE_BOB, "while").seq()).isEqualTo(2);
        rig.restart();
        rig.send(ALICE, ALICE_BOB, "after a restart");
        change(BOB, SettingsChange.unblock(ALICE));
        rig.send(ALICE, ALICE_BOB, "again");

        assertThat(history(BOB, ALICE_BOB)).containsExactly("before", "again");
        assertThat(history(ALICE, ALICE_BOB)).containsExactly("before", "while", "after a restart", "again");
        assertThat(unread(BOB)).isEqualTo(2);
    }

    @Test
    void policyThatRefuses_tellsTheBlocked_andStoresNothing() throws StorageFailure {
        rig.restart(small(200, false, true));
        block(BOB, ALICE);

        assertThat(refusal(rig.ask(rig.message(ALICE, ALICE_BOB, null, "psst"))))
                .isEqualTo(Refusal.BLOCKED);
        assertThat(rig.send(BOB, ALICE_BOB, "the blocker may write").seq()).isEqualTo(1);
    }

    @Test
    void whatWaited_isWithheld_alsoAfterARestart() throws StorageFailure {
        rig.open(BOB, LAPTOP, false, 3_600);
        rig.send(ALICE, ALICE_BOB, "waits");
        long end = rig.backlog(BOB).size();
        rig.forget();

        block(BOB, ALICE);

        assertThat(rig.toldOf(BOB)).contains(new Event.ConversationWithheld(BOB, ALICE_BOB, end + 1));
        rig.restart();
        assertThat(rig.open(BOB, LAPTOP, false, 3_600).withheldBefore()).containsEntry(ALICE_BOB, end + 1);
    }

    @Test
    void group_hidesWhatTheBlockedSays_fromTheBlockerOnly() throws StorageFailure {
        rig.ask(rig.create(ALICE, BOB, CAROL));
        block(BOB, ALICE);
        rig.send(ALICE, GROUP, "hello");
        rig.send(CAROL, GROUP, "hi");

        assertThat(history(BOB, GROUP)).containsExactly("hi");
        assertThat(history(CAROL, GROUP)).containsExactly("hello", "hi");
    }

    @Test
    void edit_ofWhatIsHidden_isHiddenToo_evenAfterUnblocking() throws StorageFailure {
        block(BOB, ALICE);
        long seq = rig.send(ALICE, ALICE_BOB, "psst").seq();
        assertThat(rig.store()
                        .reads()
                        .inbox(BOB, null, null, 10)
                        .toCompletableFuture()
                        .join()
                        .conversations())
                .isEmpty();
        change(BOB, SettingsChange.unblock(ALICE));

        rig.accepted(
                new Command.EditMessage(
                        Actor.of(ALICE, PHONE), ALICE_BOB, seq, Bytes.utf8("hear me"), null, rig.clock.millis()),
                Reply.Edited.class);

        assertThat(history(BOB, ALICE_BOB)).isEmpty();
        assertThat(rig.backlog(BOB))
                .allMatch(item -> !(item instanceof InboxItem.Entry entry)
                        || entry.entry().hiddenFrom().contains(BOB));
        rig.send(ALICE, ALICE_BOB, "hello again");
        assertThat(unread(BOB)).isEqualTo(1);
    }

    @Test
    void edit_byTheBlocked_ofWhatWasSeenBefore_takesItAway() throws StorageFailure {
        long seq = rig.send(ALICE, ALICE_BOB, "hello").seq();
        block(BOB, ALICE);
        rig.accepted(
                new Command.EditMessage(
                        Actor.of(ALICE, PHONE), ALICE_BOB, seq, Bytes.utf8("hear me"), null, rig.clock.millis()),
                Reply.Edited.class);
        rig.restart();

        assertThat(history(BOB, ALICE_BOB)).isEmpty();
        assertThat(history(ALICE, ALICE_BOB)).containsExactly("hear me");
    }

    @Test
    void blocked_cannotAddTheBlockerToAGroup() throws StorageFailure {
        block(BOB, ALICE);

        assertThat(refusal(rig.ask(rig.create(ALICE, BOB)))).isEqualTo(Refusal.NOT_ALLOWED);
        rig.ask(rig.create(ALICE, CAROL));
        assertThat(refusal(rig.ask(
                        new Command.AddMembers(Actor.of(ALICE, PHONE), GROUP, List.of(BOB), null, rig.clock.millis()))))
                .isEqualTo(Refusal.NOT_ALLOWED);
    }

    @Test
    void nobodyBlocksThemselves_andTheListHasAnEnd() throws StorageFailure {
        assertThat(refusal(ask(BOB, SettingsChange.block(BOB)))).isEqualTo(Refusal.BAD_REQUEST);
        for (int i = 0; i < UserSettings.MOST_BLOCKED; i++) {
            block(BOB, new UserId("u" + i));
        }
        assertThat(refusal(ask(BOB, SettingsChange.block(ALICE)))).isEqualTo(Refusal.QUOTA);
        block(BOB, new UserId("u7"));
    }

    @Test
    void receiptsOff_marksAreNotShown() throws StorageFailure {
        rig.send(ALICE, ALICE_BOB, "hello");
        rig.clock.advance(10);
        change(BOB, SettingsChange.own(false, null, null));
        rig.ask(new Command.MarkRead(Actor.of(BOB, PHONE), ALICE_BOB, 1, false, rig.clock.millis()));

        assertThat(rig.store()
                        .reads()
                        .marks(ALICE, 0, null, 10)
                        .toCompletableFuture()
                        .join()
                        .changed())
                .isEmpty();
        assertThat(unread(BOB)).isZero();
    }

    private void block(UserId user, UserId other) {
        change(user, SettingsChange.block(other));
    }

    private void change(UserId user, SettingsChange change) {
        rig.accepted(new Command.ChangeSettings(user, change, rig.clock.millis()), Reply.SettingsKept.class);
    }

    private Outcome ask(UserId user, SettingsChange change) {
        return rig.ask(new Command.ChangeSettings(user, change, rig.clock.millis()));
    }

    private static Refusal refusal(Outcome outcome) {
        return ((Outcome.Rejected) outcome).rejection().refusal();
    }

    private long unread(UserId user) {
        return rig.store()
                .reads()
                .inbox(user, null, null, 10)
                .toCompletableFuture()
                .join()
                .conversations()
                .get(0)
                .unread();
    }

    private List<String> history(UserId user, ConversationId conversation) {
        Answer<HistoryPage> page = rig.store()
                .reads()
                .history(user, conversation, null, null, 100)
                .toCompletableFuture()
                .join();
        return ((Answer.Given<HistoryPage>) page)
                .value().entries().stream()
                        .filter(Event.MessageStored.class::isInstance)
                        .map(entry -> ((Event.MessageStored) entry).body().asUtf8())
                        .toList();
    }
}
