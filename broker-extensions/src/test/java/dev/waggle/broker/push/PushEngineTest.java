package dev.waggle.broker.push;

import static dev.waggle.store.lane.StoreRig.ALICE;
import static dev.waggle.store.lane.StoreRig.ALICE_BOB;
import static dev.waggle.store.lane.StoreRig.BOB;
import static dev.waggle.store.lane.StoreRig.LAPTOP;
import static dev.waggle.store.lane.StoreRig.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.push.Address;
import dev.waggle.push.Outcome;
import dev.waggle.push.Push;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.Reply;
import dev.waggle.store.storage.StorageFailure;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the engine does with what is due, on a real store in memory and a clock that a test turns. */
class PushEngineTest {
    private final PushRig rig;

    PushEngineTest() throws StorageFailure {
        rig = new PushRig();
    }

    @Test
    void sleepingDevice_isWokenAtOnce_andNothingIsDueAfterwards() {
        rig.register(BOB, PHONE);
        rig.send(ALICE, ALICE_BOB, "hello");

        assertThat(rig.provider.got).singleElement().satisfies(push -> {
            assertThat(push.count()).isEqualTo(1);
            assertThat(push.kind()).isEqualTo(Push.Kind.MESSAGE);
            assertThat(push.badge()).isEqualTo(1);
        });
        assertThat(rig.due()).isEmpty();
    }

    @Test
    void connectedDevice_thatAcknowledges_isNotWoken() {
        rig.register(BOB, PHONE);
        Reply.SessionOpened open = online();
        rig.send(ALICE, ALICE_BOB, "hello");
        rig.pass(Duration.ofSeconds(1));
        acknowledge(open, 1);
        rig.pass(Duration.ofSeconds(10));

        assertThat(rig.provider.got).isEmpty();
        assertThat(rig.due()).isEmpty();
    }

    @Test
    void connectedDevice_thatDoesNotAcknowledge_isWokenAfterFiveSeconds() {
        rig.register(BOB, PHONE);
        online();
        rig.send(ALICE, ALICE_BOB, "hello");
        rig.pass(Duration.ofMillis(4_900));
        assertThat(rig.provider.got).isEmpty();
        rig.pass(Duration.ofMillis(200));

        assertThat(rig.provider.got).hasSize(1);
    }

    @Test
    void hundredMessagesWithinTenSeconds_areOnePush_andOneMoreForTheRest() {
        rig.register(BOB, PHONE);
        for (int i = 0; i < 100; i++) {
            rig.send(ALICE, ALICE_BOB, "message " + i);
            rig.pass(Duration.ofMillis(90));
        }
        rig.pass(Duration.ofSeconds(20));

        assertThat(rig.provider.got).hasSize(2);
        assertThat(rig.provider.got.stream().mapToInt(Push::count).sum()).isEqualTo(100);
        assertThat(rig.provider.got.get(1).badge()).isEqualTo(100);
        assertThat(rig.due()).isEmpty();
    }

    @Test
    void killBeforeTheProviderAnswers_sendsAgainWithTheSameId_once() throws StorageFailure {
        rig.register(BOB, PHONE);
        rig.provider.hangs = true;
        rig.send(ALICE, ALICE_BOB, "hello");
        assertThat(rig.due()).containsExactly(BOB);
        rig.provider.hangs = false;
        rig.restart();
        rig.pass(Duration.ofMinutes(1));

        assertThat(rig.provider.got).hasSize(2);
        assertThat(ids()).hasSize(1);
        assertThat(rig.due()).isEmpty();
    }

    @Test
    void killBetweenTheCommitAndTheSending_forgetsNothing() throws StorageFailure {
        rig.register(BOB, PHONE);
        rig.store.send(ALICE, ALICE_BOB, "hello");
        rig.restart();

        assertThat(rig.provider.got).hasSize(1);
    }

    @Test
    void providerThatIsDown_isAskedAgain_withTheSameId() {
        rig.register(BOB, PHONE);
        rig.provider.answers.add(later());
        rig.provider.answers.add(later());
        rig.send(ALICE, ALICE_BOB, "hello");
        rig.pass(Duration.ofSeconds(15));
        rig.pass(Duration.ofSeconds(30));

        assertThat(rig.provider.got).hasSize(3);
        assertThat(ids()).hasSize(1);
        assertThat(rig.due()).isEmpty();
    }

    @Test
    void pushThatWaitsForARepeat_isCancelled_whenItIsReadMeanwhile() {
        rig.register(BOB, PHONE);
        rig.provider.answers.add(later());
        rig.send(ALICE, ALICE_BOB, "hello");
        rig.store.ask(new Command.MarkRead(Actor.of(BOB, LAPTOP), ALICE_BOB, 1, false, rig.store.clock.millis()));
        rig.pass(Duration.ofMinutes(1));

        assertThat(rig.provider.got).hasSize(1);
        assertThat(rig.journal.of(BOB)).anyMatch(line -> line.what().equals("cancelled"));
        assertThat(rig.due()).isEmpty();
    }

    @Test
    void pushThatCannotBeDelivered_isGivenUp_whenItsTimeHasPassed() {
        rig.register(BOB, PHONE);
        for (int i = 0; i < 50; i++) {
            rig.provider.answers.add(later());
        }
        rig.send(ALICE, ALICE_BOB, "hello");
        for (int i = 0; i < 40; i++) {
            rig.pass(Duration.ofHours(1));
        }

        assertThat(rig.due()).isEmpty();
        assertThat(rig.provider.got.size()).isLessThan(30);
    }

    @Test
    void addressWhereNobodyIs_isForgotten_onlyIfItIsStillTheSame() {
        rig.register(BOB, PHONE);
        rig.provider.hangs = true;
        rig.send(ALICE, ALICE_BOB, "hello");
        rig.register(BOB, PHONE, new Address.Fcm("a-new-token", false), "default");
        rig.provider.held.get(0).complete(new Outcome.Gone("UNREGISTERED", 0));
        rig.turn();
        assertThat(rig.registrations(BOB)).isEqualTo(1);

        rig.provider.hangs = false;
        rig.provider.answers.add(new Outcome.Gone("UNREGISTERED", 0));
        rig.pass(Duration.ofSeconds(11));
        rig.send(ALICE, ALICE_BOB, "again");
        rig.pass(Duration.ofSeconds(11));
        assertThat(rig.registrations(BOB)).isZero();
        assertThat(rig.due()).isEmpty();
    }

    @Test
    void whatWasNoticedBeforeTheDeviceRegistered_isNotBelieved() {
        rig.register(BOB, PHONE);
        rig.provider.answers.add(new Outcome.Gone("Unregistered", rig.store.clock.millis() - 60_000));
        rig.send(ALICE, ALICE_BOB, "hello");
        rig.pass(Duration.ofMinutes(10));

        assertThat(rig.registrations(BOB)).isEqualTo(1);
        assertThat(rig.provider.got).hasSize(2);
    }

    @Test
    void otherDevice_isNotHeldUp_byOneWhoseProviderHangs() {
        rig.register(BOB, PHONE);
        rig.register(BOB, LAPTOP);
        rig.provider.hangs = true;
        rig.send(ALICE, ALICE_BOB, "hello");
        assertThat(rig.provider.got).hasSize(2);
        rig.provider.held.get(0).complete(new Outcome.Accepted("ok"));
        rig.turn();
        assertThat(rig.due()).containsExactly(BOB);
        rig.provider.held.get(1).complete(new Outcome.Accepted("ok"));
        rig.turn();
        assertThat(rig.due()).isEmpty();
    }

    @Test
    void readElsewhere_takesItAwayOnTheDeviceThatShowsIt() {
        rig.register(BOB, PHONE);
        rig.send(ALICE, ALICE_BOB, "hello");
        rig.store.ask(new Command.MarkRead(Actor.of(BOB, LAPTOP), ALICE_BOB, 1, false, rig.store.clock.millis()));
        rig.turn();
        rig.pass(Duration.ofSeconds(2));
        rig.pass(Duration.ofSeconds(5));

        assertThat(rig.provider.got).hasSize(2);
        assertThat(rig.provider.got.get(1)).satisfies(push -> {
            assertThat(push.kind()).isEqualTo(Push.Kind.UPDATE);
            assertThat(push.badge()).isZero();
            assertThat(push.dismiss()).containsExactly(rig.provider.got.get(0).thread());
        });
    }

    @Test
    void appWithoutAProvider_keepsNothingDue() {
        rig.register(BOB, PHONE, new Address.Fcm("token", false), "none");
        rig.send(ALICE, ALICE_BOB, "hello");

        assertThat(rig.due()).isEmpty();
    }

    @Test
    void appWhoseProviderKnowsNoAddress_keepsItsRegistrations_andTheOtherAppForgetsAndSendsAsEver() {
        rig.provider.usual = new Outcome.Unknown("BadDeviceToken");
        for (int i = 0; i < 28; i++) {
            rig.register(BOB, new DeviceId("mistaken-" + i));
        }
        rig.register(BOB, PHONE, new Address.Fcm("good", false), PushRig.OTHER_APP);
        rig.register(BOB, LAPTOP, new Address.Fcm("gone", false), PushRig.OTHER_APP);
        rig.other.answers.add(new Outcome.Unknown("BadDeviceToken"));
        rig.send(ALICE, ALICE_BOB, "hello");

        // Half of the first twenty answers were bad: from then on nothing is forgotten.
        assertThat(rig.registrations(BOB)).isEqualTo(28 - 19 + 1);
        assertThat(rig.other.got).hasSize(2);
        rig.pass(Duration.ofSeconds(11));
        rig.send(ALICE, ALICE_BOB, "again");
        rig.pass(Duration.ofSeconds(11));
        assertThat(rig.other.got).hasSize(3);
    }

    @Test
    void appWhoseProviderNeverTakesAnything_doesNotTakeTheRoomOfTheOther() {
        rig.provider.usual = later();
        rig.register(BOB, LAPTOP);
        rig.register(BOB, PHONE, new Address.Fcm("good", false), PushRig.OTHER_APP);
        rig.fill();
        rig.send(ALICE, ALICE_BOB, "hello");

        assertThat(rig.other.got).hasSize(1);
        assertThat(rig.provider.got).isEmpty();
        assertThat(rig.due()).containsExactly(BOB);
    }

    private List<UUID> ids() {
        return rig.provider.got.stream().map(Push::id).distinct().toList();
    }

    private static Outcome later() {
        return new Outcome.Later("UNAVAILABLE", Duration.ofSeconds(10), null, false);
    }

    private Reply.SessionOpened online() {
        Reply.SessionOpened open = rig.store.open(BOB, PHONE, false, 3_600);
        rig.live.put(PHONE, new LiveDevices.Live(rig.store.clock.millis(), 0));
        return open;
    }

    private void acknowledge(Reply.SessionOpened open, long position) {
        rig.store.ask(new Command.MoveCursor(
                BOB, PHONE, open.epoch(), DeviceProgress.at(position), rig.store.clock.millis()));
    }
}
