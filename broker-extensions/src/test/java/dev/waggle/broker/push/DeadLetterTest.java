package dev.waggle.broker.push;

import static dev.waggle.store.lane.StoreRig.ALICE;
import static dev.waggle.store.lane.StoreRig.ALICE_BOB;
import static dev.waggle.store.lane.StoreRig.BOB;
import static dev.waggle.store.lane.StoreRig.LAPTOP;
import static dev.waggle.store.lane.StoreRig.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.broker.push.DeadLetter.Cause;
import dev.waggle.push.Address;
import dev.waggle.push.Outcome;
import dev.waggle.push.Push;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Command;
import dev.waggle.store.storage.StorageFailure;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Pushes that were given up: what is kept of them, and what becomes of one that is asked for again. */
class DeadLetterTest {
    private static final Outcome REFUSED = new Outcome.Undeliverable("PayloadTooLarge");

    private final PushRig rig;

    DeadLetterTest() throws StorageFailure {
        rig = new PushRig();
    }

    private void give(Outcome outcome) {
        rig.register(BOB, PHONE);
        rig.provider.answers.add(outcome);
        rig.send(ALICE, ALICE_BOB, "hello");
    }

    @Test
    void refusedPush_isKept_andSurvivesARestart() throws StorageFailure {
        give(REFUSED);
        rig.restart();

        assertThat(rig.dead()).singleElement().satisfies(letter -> {
            assertThat(letter.user()).isEqualTo(BOB);
            assertThat(letter.device()).isEqualTo(PHONE);
            assertThat(letter.outlet()).isEqualTo(new OutletId("default", "scripted"));
            assertThat(letter.conversation().text()).isEqualTo("d/alice");
            assertThat(letter.seq()).isEqualTo(1);
            assertThat(letter.push()).isEqualTo(rig.provider.got.get(0).id());
            assertThat(letter.cause()).isEqualTo(Cause.UNDELIVERABLE);
            assertThat(letter.reason()).isEqualTo("PayloadTooLarge");
            assertThat(letter.tries()).isEqualTo(1);
        });
    }

    @Test
    void pushWhoseTimeHasPassed_isKept_withTheLastWordAndTheTries() {
        rig.provider.usual = new Outcome.Later("UNAVAILABLE", Duration.ofHours(1), null, false);
        rig.register(BOB, PHONE);
        rig.send(ALICE, ALICE_BOB, "hello");
        for (int i = 0; i < 40; i++) {
            rig.pass(Duration.ofHours(1));
        }

        assertThat(rig.dead()).singleElement().satisfies(letter -> {
            assertThat(letter.cause()).isEqualTo(Cause.EXPIRED);
            assertThat(letter.reason()).isEqualTo("UNAVAILABLE");
            assertThat(letter.tries()).isEqualTo(rig.provider.got.size());
        });
    }

    @Test
    void replay_sendsTheSamePushOnceMore() {
        give(REFUSED);
        rig.pass(Duration.ofDays(3));
        Replays.Replayed replayed = rig.replay();

        assertThat(replayed.push()).isEqualTo(rig.provider.got.get(0).id().toString());
        assertThat(rig.provider.got).hasSize(2);
        assertThat(rig.provider.got.get(1).id())
                .isEqualTo(rig.provider.got.get(0).id());
        assertThat(rig.dead()).isEmpty();
        assertThat(rig.due()).isEmpty();
    }

    @Test
    void replayThatFailsForNow_isTriedAgain_andOneThatIsRefusedIsKeptAgain() {
        give(REFUSED);
        rig.provider.answers.add(new Outcome.Later("UNAVAILABLE", Duration.ofSeconds(10), null, false));
        rig.provider.answers.add(REFUSED);
        rig.replay();
        rig.pass(Duration.ofSeconds(20));

        assertThat(rig.provider.got).hasSize(3);
        assertThat(rig.dead()).singleElement().extracting(DeadLetter::tries).isEqualTo(2);
    }

    @Test
    void replay_ofWhatWasReadMeanwhile_sendsNothing() {
        give(REFUSED);
        rig.store.ask(new Command.MarkRead(Actor.of(BOB, LAPTOP), ALICE_BOB, 1, false, rig.store.clock.millis()));

        assertThat(rig.replay()).isEqualTo(Replays.Replayed.nothing("read"));
        assertThat(rig.provider.got).hasSize(1);
        assertThat(rig.dead()).hasSize(1);
    }

    @Test
    void replay_toADeviceThatIsForgotten_sendsNothing_untilItRegistersAnew() {
        give(new Outcome.Gone("UNREGISTERED", 0));
        assertThat(rig.dead()).singleElement().extracting(DeadLetter::cause).isEqualTo(Cause.PRUNED);
        assertThat(rig.replay()).isEqualTo(Replays.Replayed.nothing("unregistered"));

        rig.register(BOB, PHONE, new Address.Fcm("new", false), PushRig.OTHER_APP);
        assertThat(rig.replay().push()).isNotNull();
        assertThat(rig.other.got).hasSize(1);
    }

    @Test
    void pushOfAnAppThatIsNotConfigured_isKept_andNotSentUntilItIs() {
        rig.register(BOB, PHONE, new Address.Fcm("token", false), "none");
        rig.send(ALICE, ALICE_BOB, "hello");
        assertThat(rig.dead()).singleElement().extracting(DeadLetter::outlet).isEqualTo(new OutletId("none", "none"));
        assertThat(rig.replay()).isEqualTo(Replays.Replayed.nothing("unconfigured"));
        assertThat(rig.dead()).hasSize(1);
    }

    @Test
    void ofMoreThanAThousand_theOldestGo() throws StorageFailure {
        for (int i = 0; i < DeadLetters.MOST + 5; i++) {
            rig.letters.add(letter(i));
            rig.turn();
        }
        assertThat(rig.dead()).hasSize(DeadLetters.MOST);
        assertThat(rig.dead()).last().isEqualTo(letter(5));
        rig.restart();
        assertThat(rig.dead()).hasSize(DeadLetters.MOST);
        assertThat(rig.letters.lost()).isZero();
    }

    @Test
    void whatTheStoreDoesNotTakeSoon_isLostAndCounted() {
        for (int i = 0; i < 70; i++) {
            rig.letters.add(letter(i));
        }
        assertThat(rig.letters.lost()).isEqualTo(6);
        rig.turn();
        assertThat(rig.dead()).hasSize(64);
        rig.letters.add(letter(70));
        rig.turn();
        assertThat(rig.dead()).hasSize(65);
    }

    @Test
    void list_givesPagesOfThoseThatAreWanted() {
        for (int i = 0; i < 5; i++) {
            rig.letters.add(letter(i));
        }
        rig.turn();
        assertThat(page(null)).containsExactly(4L, 3L);
        assertThat(page(letter(3).id())).containsExactly(2L, 1L);
        assertThat(page(letter(1).id())).containsExactly(0L);
        assertThat(rig.letters
                        .list(letter -> letter.seq() == 2, null, 2)
                        .toCompletableFuture()
                        .join())
                .hasSize(1);
    }

    private List<Long> page(String after) {
        return rig.letters.list(letter -> true, after, 2).toCompletableFuture().join().stream()
                .map(DeadLetter::seq)
                .toList();
    }

    private static DeadLetter letter(int number) {
        return new DeadLetter(
                "%05d".formatted(number),
                number,
                BOB,
                PHONE,
                new OutletId("default", "fcm"),
                ConversationName.parse("d/alice").get(),
                number,
                1,
                new UUID(0, number),
                Push.Kind.MESSAGE,
                Cause.EXPIRED,
                "UNAVAILABLE",
                7);
    }
}
