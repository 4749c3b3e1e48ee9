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
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Reply;
import dev.waggle.store.Outcome;
import dev.waggle.store.storage.StorageFailure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may begin to write to whom, whatever the medium. */
public abstract class AdmissionContract extends StoreContract {
    private static final int MOST = 3;
    private static final ConversationId.Group GROUP = new ConversationId.Group(TEAM);

    @Test
    void conversations_overTheDailyLimit_areRefused_alsoAfterARestart_untilADayHasPassed() throws StorageFailure {
        bootWith(MOST, false);
        for (int i = 0; i < MOST; i++) {
            rig.send(ALICE, with(i), "hello");
            rig.clock.advance(Duration.ofHours(1).toMillis());
        }
        rig.send(ALICE, with(0), "to one that is begun");
        rig.send(ALICE, ConversationId.direct(ALICE, ALICE), "to myself");
        rig.send(BOB, ALICE_BOB, "begun by the other");
        rig.send(ALICE, ALICE_BOB, "so I may answer");
        assertThat(startOf(MOST)).isEqualTo(Refusal.QUOTA);
        rig.restart();
        assertThat(startOf(MOST)).isEqualTo(Refusal.QUOTA);
        assertThat(rig.bodies(new UserId("peer" + MOST))).isEmpty();

        rig.clock.advance(Duration.ofHours(24 - MOST).toMillis());

        for (int i = MOST; i < 2 * MOST; i++) {
            assertThat(rig.send(ALICE, with(i), "hello").seq()).isEqualTo(1);
        }
        assertThat(startOf(2 * MOST)).isEqualTo(Refusal.QUOTA);
    }

    @Test
    void service_beginsAsManyAsItLikes_andDoesNotCount() throws StorageFailure {
        bootWith(MOST, false);
        for (int i = 0; i < 2 * MOST; i++) {
            Command.SendMessage send = rig.message(ALICE, with(i), null, "hello");
            Actor service = new Actor(send.actor().author(), PHONE, Actor.Role.SERVICE);
            rig.accepted(
                    new Command.SendMessage(
                            service, send.conversation(), null, send.body(), send.properties(), null, send.now()),
                    Reply.Sent.class);
        }

        assertThat(rig.send(ALICE, with(100), "hello").seq()).isEqualTo(1);
    }

    @Test
    void refusedConversation_keepsNoKey() throws StorageFailure {
        bootWith(1, false);
        rig.send(ALICE, with(0), "hello");
        assertThat(rejected(rig.ask(rig.message(ALICE, with(1), "k", "one")))).isEqualTo(Refusal.QUOTA);
        rig.clock.advance(Duration.ofDays(1).toMillis());

        assertThat(rig.accepted(rig.message(ALICE, with(1), "k", "other"), Reply.Sent.class)
                        .seq())
                .isEqualTo(1);
    }

    @Test
    void unknownUser_whereRefused_getsNothingUntilItConnects() throws StorageFailure {
        bootWith(MOST, true);
        rig.open(ALICE, PHONE, false, 0);
        Outcome outcome = rig.ask(rig.message(ALICE, ALICE_BOB, null, "hello"));

        assertThat(rejected(outcome)).isEqualTo(Refusal.NOT_FOUND);
        assertThat(((Outcome.Rejected) outcome).rejection().mqttReason()).isEqualTo(0x87);
        rig.send(ALICE, ConversationId.direct(ALICE, ALICE), "myself I know");
        rig.open(BOB, PHONE, false, 0);
        assertThat(rig.send(ALICE, ALICE_BOB, "hello").seq()).isEqualTo(1);
        rig.restart();
        assertThat(rig.send(ALICE, ALICE_BOB, "again").seq()).isEqualTo(2);
    }

    @Test
    void unknownUser_whereRefused_joinsNoGroup_butStaysInOne() throws StorageFailure {
        rig.accepted(rig.create(ALICE, BOB), Reply.GroupCreated.class);
        bootWith(MOST, true);

        assertThat(rejected(rig.ask(new Command.AddMembers(
                        Actor.of(ALICE, PHONE), GROUP, List.of(CAROL), null, rig.clock.millis()))))
                .isEqualTo(Refusal.NOT_FOUND);
        assertThat(rig.send(ALICE, GROUP, "bob is here").seq()).isEqualTo(2);
        assertThat(rig.bodies(BOB)).containsExactly("bob is here");
        rig.open(CAROL, PHONE, false, 0);
        rig.accepted(
                new Command.AddMembers(Actor.of(ALICE, PHONE), GROUP, List.of(CAROL), null, rig.clock.millis()),
                Reply.MembersAdded.class);
    }

    private void bootWith(int conversationsPerDay, boolean refuseUnknown) throws StorageFailure {
        rig.restart(small(conversationsPerDay, refuseUnknown, false));
    }

    private Refusal startOf(int number) {
        return rejected(rig.ask(rig.message(ALICE, with(number), null, "hello")));
    }

    private static ConversationId with(int number) {
        return ConversationId.direct(ALICE, new UserId("peer" + number));
    }
}
