package dev.waggle.store.lane;

import static dev.waggle.store.lane.StoreRig.ALICE;
import static dev.waggle.store.lane.StoreRig.ALICE_BOB;
import static dev.waggle.store.lane.StoreRig.BOB;
import static dev.waggle.store.lane.StoreRig.CAROL;
import static dev.waggle.store.lane.StoreRig.PHONE;
import static dev.waggle.store.lane.StoreRig.TEAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Mark;
import dev.waggle.spec.message.Refusal;
import dev.waggle.store.Outcome;
import dev.waggle.store.Reads.ChangedMarks;
import dev.waggle.store.Reads.ConversationSummary;
import dev.waggle.store.storage.StorageFailure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How far users have come, whatever the medium. */
public abstract class MarkContract extends StoreContract {
    private static final ConversationId.Group GROUP = new ConversationId.Group(TEAM);
    private static final int MOST_MEMBERS = 2;

    @Test
    void read_movesForwardOnly_neverBeyondTheEnd_andSurvivesARestart() throws StorageFailure {
        sendFive();

        read(BOB, ALICE_BOB, 3, false);
        read(BOB, ALICE_BOB, 2, false);
        assertThat(summary(BOB)).returns(3L, ConversationSummary::read).returns(2L, ConversationSummary::unread);
        read(BOB, ALICE_BOB, 99, false);
        rig.restart();

        assertThat(summary(BOB))
                .returns(5L, ConversationSummary::read)
                .returns(5L, ConversationSummary::delivered)
                .returns(0L, ConversationSummary::unread);
    }

    @Test
    void privateRead_isNotShown_untilAPublicOneSaysSo() throws StorageFailure {
        sendFive();

        read(BOB, ALICE_BOB, 4, true);
        assertThat(told(BOB)).last().returns(4L, Mark::read).returns(0L, Mark::shownRead);
        assertThat(changed(ALICE, 0)).isEmpty();
        assertThat(changed(BOB, 0)).hasSize(1);

        read(BOB, ALICE_BOB, 2, false);
        assertThat(told(BOB)).last().returns(4L, Mark::read).returns(2L, Mark::shownRead);
        assertThat(changed(ALICE, 0).get(0).marks())
                .containsOnlyKeys(BOB)
                .extractingByKey(BOB)
                .returns(2L, Mark::shownRead);
    }

    @Test
    void readAgain_tellsNobody() throws StorageFailure {
        sendFive();
        read(BOB, ALICE_BOB, 3, false);
        rig.forget();

        read(BOB, ALICE_BOB, 3, false);
        read(BOB, ALICE_BOB, 1, true);

        assertThat(rig.toldOf(BOB)).isEmpty();
    }

    @Test
    void strangers_mayNotRead() throws StorageFailure {
        sendFive();
        rig.ask(rig.create(ALICE, BOB));

        assertThat(refusal(CAROL, ALICE_BOB)).isEqualTo(Refusal.NOT_ALLOWED);
        assertThat(refusal(CAROL, GROUP)).isEqualTo(Refusal.NOT_MEMBER);
    }

    @Test
    void acknowledged_countsAsDelivered_andIsShown() throws StorageFailure {
        sendFive();
        long before = rig.clock.millis();
        rig.clock.advance(1_000);
        long epoch = rig.open(BOB, PHONE, false, 3_600).epoch();

        rig.ask(new Command.MoveCursor(
                BOB, PHONE, epoch, DeviceProgress.at(2), Map.of(ALICE_BOB, 2L), rig.clock.millis()));

        assertThat(changed(ALICE, before)).hasSize(1);
        assertThat(changed(ALICE, before).get(0).marks().get(BOB)).returns(2L, Mark::shownDelivered);
        assertThat(changed(ALICE, rig.clock.millis())).isEmpty();
    }

    @Test
    void marksOfAGroup_areFoundByItsMembers_unlessItIsTooLarge() throws StorageFailure {
        rig.ask(rig.create(ALICE, BOB));
        read(BOB, GROUP, 1, false);

        assertThat(changed(ALICE, 0)).singleElement().returns(2, ChangedMarks::members);
        assertThat(changed(CAROL, 0)).isEmpty();

        rig.ask(new Command.AddMembers(Actor.of(ALICE, PHONE), GROUP, List.of(CAROL), null, rig.clock.millis()));
        read(BOB, GROUP, 2, false);
        assertThat(changed(ALICE, 0)).isEmpty();
        assertThat(changed(BOB, 0))
                .singleElement()
                .satisfies(own -> assertThat(own.marks()).containsOnlyKeys(BOB));
    }

    private void sendFive() {
        for (int i = 0; i < 5; i++) {
            rig.send(ALICE, ALICE_BOB, "m" + i);
        }
        rig.clock.advance(1_000);
    }

    private void read(UserId user, ConversationId conversation, long seq, boolean isPrivate) {
        Outcome outcome = ask(user, conversation, seq, isPrivate);
        assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
    }

    private Outcome ask(UserId user, ConversationId conversation, long seq, boolean isPrivate) {
        return rig.ask(new Command.MarkRead(Actor.of(user, PHONE), conversation, seq, isPrivate, rig.clock.millis()));
    }

    private Refusal refusal(UserId user, ConversationId conversation) {
        return ((Outcome.Rejected) ask(user, conversation, 1, false))
                .rejection()
                .refusal();
    }

    private List<Mark> told(UserId user) {
        return rig.toldOf(user).stream()
                .filter(Event.MarkMoved.class::isInstance)
                .map(event -> ((Event.MarkMoved) event).mark())
                .toList();
    }

    private List<ChangedMarks> changed(UserId user, long since) {
        return rig.store()
                .reads()
                .marks(user, since, null, MOST_MEMBERS)
                .toCompletableFuture()
                .join()
                .changed();
    }

    private ConversationSummary summary(UserId user) {
        return rig.store()
                .reads()
                .inbox(user, null, null, 10)
                .toCompletableFuture()
                .join()
                .conversations()
                .get(0);
    }
}
