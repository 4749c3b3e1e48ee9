package dev.waggle.store.lane;

import static dev.waggle.store.lane.StoreRig.ALICE;
import static dev.waggle.store.lane.StoreRig.ALICE_BOB;
import static dev.waggle.store.lane.StoreRig.BOB;
import static dev.waggle.store.lane.StoreRig.CAROL;
import static dev.waggle.store.lane.StoreRig.PHONE;
import static dev.waggle.store.lane.StoreRig.TEAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.MutePatch;
import dev.waggle.spec.message.OwnSettings;
import dev.waggle.spec.message.OwnSettings.Level;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Reply;
import dev.waggle.spec.message.SendKey;
import dev.waggle.store.Outcome;
import dev.waggle.store.Reads.ConversationSummary;
import dev.waggle.store.storage.StorageFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What somebody wants to be told of a conversation is kept for this user alone, whatever the medium. */
public abstract class MuteContract extends StoreContract {
    private static final SendKey KEY = new SendKey(Bytes.utf8("k"));

    @Test
    void mute_isForOneUserAlone_alsoAfterARestart_andEnds() throws StorageFailure {
        rig.send(ALICE, ALICE_BOB, "hello");
        rig.forget();
        long end = rig.clock.millis() + 600_000;
        assertThat(rig.accepted(mute(BOB, 600L, null, Level.MENTIONS, KEY), Reply.Muted.class))
                .isEqualTo(new Reply.Muted(end, Level.MENTIONS));
        assertThat(rig.toldOf(BOB)).hasSize(1).first().isInstanceOf(Event.OwnChanged.class);
        assertThat(rig.toldOf(ALICE)).isEmpty();
        rig.accepted(
                new Command.HideMessages(Actor.of(BOB, PHONE), ALICE_BOB, SeqRanges.of(1, 1), null, rig.clock.millis()),
                Reply.Deleted.class);
        rig.restart();

        assertThat(inbox(BOB).mutedUntil()).isEqualTo(end);
        assertThat(inbox(BOB).level()).isEqualTo(Level.MENTIONS);
        assertThat(inbox(ALICE).mutedUntil()).isZero();
        assertThat(inbox(ALICE).level()).isEqualTo(Level.ALL);
        OwnSettings own = own(BOB);
        assertThat(own.hidden()).isEqualTo(SeqRanges.of(1, 1));
        assertThat(own.mutedUntil()).isEqualTo(end);
        rig.pass(Duration.ofMinutes(11));
        assertThat(inbox(BOB).mutedUntil()).isZero();
        assertThat(rig.accepted(mute(BOB, null, null, Level.ALL, null), Reply.Muted.class))
                .isEqualTo(new Reply.Muted(0, Level.ALL));
    }

    @Test
    void repeat_getsTheFirstAnswer_alsoLater_andAnotherRequestNone() {
        Reply.Muted first = rig.accepted(mute(BOB, 600L, null, null, KEY), Reply.Muted.class);
        rig.pass(Duration.ofMinutes(1));

        assertThat(rig.accepted(mute(BOB, 600L, null, null, KEY), Reply.Muted.class))
                .isEqualTo(first);
        assertThat(rejected(rig.ask(mute(BOB, 601L, null, null, KEY)))).isEqualTo(Refusal.ID_REUSED);
    }

    @Test
    void nothingNew_isToldToNobody() {
        rig.accepted(mute(BOB, null, OwnSettings.FOR_EVER, null, null), Reply.Muted.class);
        rig.forget();

        assertThat(rig.accepted(mute(BOB, null, OwnSettings.FOR_EVER, null, null), Reply.Muted.class)
                        .until())
                .isEqualTo(OwnSettings.FOR_EVER);
        assertThat(rig.toldOf(BOB)).isEmpty();
    }

    @Test
    void strangersToAConversation_muteNothing() {
        rig.ask(rig.create(ALICE, BOB));
        ConversationId team = new ConversationId.Group(TEAM);
        Outcome outcome = rig.ask(new Command.MuteConversation(
                Actor.of(CAROL, PHONE), team, new MutePatch(60L, null, null), null, rig.clock.millis()));

        assertThat(rejected(outcome)).isEqualTo(Refusal.NOT_MEMBER);
    }

    private Command.MuteConversation mute(UserId by, Long seconds, Long until, Level level, SendKey key) {
        return new Command.MuteConversation(
                Actor.of(by, PHONE), ALICE_BOB, new MutePatch(seconds, until, level), key, rig.clock.millis());
    }

    private ConversationSummary inbox(UserId reader) {
        return rig.store()
                .reads()
                .inbox(reader, null, null, 10)
                .toCompletableFuture()
                .join()
                .conversations()
                .get(0);
    }

    private OwnSettings own(UserId user) {
        return rig.store()
                .reads()
                .own(user, 0, null)
                .toCompletableFuture()
                .join()
                .changed()
                .values()
                .iterator()
                .next();
    }
}
