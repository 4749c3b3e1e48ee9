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
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Reply;
import dev.waggle.spec.message.SettingsChange;
import dev.waggle.store.Reads.Sleepers;
import dev.waggle.store.Reads.Unpushed;
import dev.waggle.store.storage.StorageFailure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is due of pushes is noted with what it is due for, and stays noted until it is done, whatever the medium. */
public abstract class OutboxContract extends StoreContract {
    private static final ConversationId.Group GROUP = new ConversationId.Group(TEAM);
    private static final Bytes TOKEN = Bytes.utf8("how to wake it");
    private static final long ANY = Command.KeepPush.ANY_VERSION;

    @Test
    void whoHasNoDeviceToBeWoken_owesNothing() {
        rig.send(ALICE, ALICE_BOB, "hello");

        assertThat(due()).isEmpty();
        assertThat(sleepers(BOB).devices()).isEmpty();
    }

    @Test
    void message_isDue_once_andStaysSoOverARestart() throws StorageFailure {
        register(BOB, PHONE);
        rig.forget();
        rig.send(ALICE, ALICE_BOB, "one");
        rig.send(ALICE, ALICE_BOB, "two");

        assertThat(rig.toldOf(BOB)).filteredOn(Event.PushDue.class::isInstance).hasSize(1);
        assertThat(due()).containsExactly(BOB);
        rig.restart();
        assertThat(due()).containsExactly(BOB);
        assertThat(texts(BOB)).containsExactly("one", "two");
        assertThat(sleepers(BOB).unread()).isEqualTo(2);
    }

    @Test
    void settled_nothingIsDue_untilSomethingComes() throws StorageFailure {
        register(BOB, PHONE);
        rig.send(ALICE, ALICE_BOB, "one");
        settle(BOB, PHONE, sleepers(BOB).last());
        assertThat(due()).isEmpty();
        rig.restart();
        assertThat(due()).isEmpty();

        rig.send(ALICE, ALICE_BOB, "two");
        assertThat(texts(BOB)).containsExactly("two");
    }

    @Test
    void settledForOne_isStillDueForTheOther_fromWhereItIs() {
        register(BOB, PHONE);
        register(BOB, LAPTOP);
        rig.send(ALICE, ALICE_BOB, "one");
        rig.send(ALICE, ALICE_BOB, "two");
        settle(BOB, PHONE, 2);
        settle(BOB, LAPTOP, 1);

        assertThat(texts(BOB)).containsExactly("two");
        assertThat(handled(BOB, PHONE)).isEqualTo(2);
        assertThat(handled(BOB, LAPTOP)).isEqualTo(1);
        unregister(BOB, LAPTOP);
        assertThat(due()).isEmpty();
    }

    @Test
    void whoRegistersLater_isNotWokenForWhatWasThere() {
        register(BOB, PHONE);
        rig.send(ALICE, ALICE_BOB, "one");
        register(BOB, LAPTOP);

        assertThat(handled(BOB, LAPTOP)).isEqualTo(1);
        settle(BOB, PHONE, 1);
        assertThat(due()).isEmpty();
    }

    @Test
    void registration_isReplaced_orTakenAway_onlyAsItWasSeen() throws StorageFailure {
        long first = register(BOB, PHONE);
        long second = register(BOB, PHONE);
        assertThat(second).isGreaterThan(first);

        Command late = new Command.KeepPush(BOB, PHONE, first, null, rig.clock.millis());
        assertThat(rejected(rig.ask(late))).isEqualTo(Refusal.EXISTS);
        rig.restart();
        assertThat(sleepers(BOB).devices().get(0).registration()).isEqualTo(TOKEN);
        rig.accepted(new Command.KeepPush(BOB, PHONE, second, null, rig.clock.millis()), Reply.PushKept.class);
        assertThat(sleepers(BOB).devices()).isEmpty();
    }

    @Test
    void registrations_haveALimit() {
        for (int i = 0; i < 32; i++) {
            register(BOB, new DeviceId("d" + i));
        }
        assertThat(rejected(rig.ask(new Command.KeepPush(BOB, PHONE, ANY, TOKEN, rig.clock.millis()))))
                .isEqualTo(Refusal.QUOTA);
        register(BOB, new DeviceId("d7"));
    }

    @Test
    void onesOwnMessages_andWhatTheUserMayNotSee_wakeNobody() {
        register(BOB, PHONE);
        rig.ask(new Command.ChangeSettings(BOB, SettingsChange.block(CAROL), rig.clock.millis()));
        rig.send(BOB, ALICE_BOB, "mine");
        rig.send(CAROL, ConversationId.direct(BOB, CAROL), "blocked");

        assertThat(due()).isEmpty();
    }

    @Test
    void whatIsRevoked_deleted_orRead_isNotTold() {
        register(BOB, PHONE);
        rig.ask(rig.create(ALICE, BOB));
        rig.send(ALICE, GROUP, "in the group");
        rig.send(ALICE, ALICE_BOB, "gone");
        rig.send(ALICE, ALICE_BOB, "read");
        rig.send(ALICE, ALICE_BOB, "new");
        Actor alice = Actor.of(ALICE, PHONE);
        rig.ask(new Command.RemoveMembers(alice, GROUP, List.of(BOB), null, rig.clock.millis()));
        rig.ask(new Command.DeleteMessages(alice, ALICE_BOB, SeqRanges.of(1, 1), null, rig.clock.millis()));
        rig.ask(new Command.MarkRead(Actor.of(BOB, LAPTOP), ALICE_BOB, 2, false, rig.clock.millis()));

        assertThat(texts(BOB)).containsExactly("read", "new");
        assertThat(sleepers(BOB).waiting()).filteredOn(Unpushed::read).hasSize(1);
        assertThat(sleepers(BOB).unread()).isEqualTo(1);
    }

    @Test
    void beingAdded_wakes() {
        register(BOB, PHONE);
        rig.ask(rig.create(ALICE, BOB));

        assertThat(sleepers(BOB).waiting())
                .singleElement()
                .satisfies(item -> assertThat(item.entry()).isInstanceOf(Event.MembersChanged.class));
    }

    @Test
    void device_tellsWhereItIs() {
        register(BOB, PHONE);
        assertThat(sleepers(BOB).devices().get(0).progress()).isNull();
        rig.open(BOB, PHONE, false, 3_600);

        assertThat(sleepers(BOB).devices().get(0).progress()).isNotNull();
        assertThat(sleepers(BOB).devices().get(0).onlineSince()).isPositive();
    }

    @Test
    void devices_areThoseWithAPlaceAndThoseThatAreWoken_untilForgotten() throws StorageFailure {
        register(BOB, PHONE);
        rig.open(BOB, LAPTOP, false, 3_600);
        assertThat(devices()).containsExactly("laptop durable", "phone push");
        rig.open(BOB, PHONE, false, 3_600);
        assertThat(devices()).containsExactly("laptop durable", "phone durable push");

        assertThat(forget(PHONE)).isTrue();
        assertThat(forget(PHONE)).isFalse();
        rig.restart();
        assertThat(devices()).containsExactly("laptop durable");
        assertThat(rig.open(BOB, PHONE, false, 3_600).present()).isFalse();
    }

    private boolean forget(DeviceId device) {
        return rig.accepted(new Command.ForgetDevice(BOB, device, rig.clock.millis()), Reply.DeviceForgotten.class)
                .forgotten();
    }

    private List<String> devices() {
        return rig.store().reads().devices(BOB).toCompletableFuture().join().stream()
                .map(one -> one.device() + (one.durable() ? " durable" : "") + (one.push() ? " push" : ""))
                .toList();
    }

    @Test
    void lookedAtFromAPosition_whatWasSettledIsToldToo() {
        register(BOB, PHONE);
        rig.send(ALICE, ALICE_BOB, "one");
        rig.send(ALICE, ALICE_BOB, "two");
        settle(BOB, PHONE, sleepers(BOB).last());
        assertThat(texts(BOB)).isEmpty();

        Sleepers again =
                rig.store().reads().sleepers(BOB, 2, 100).toCompletableFuture().join();
        assertThat(again.waiting()).extracting(Unpushed::position).containsExactly(2L);
        assertThat(again.from()).isZero();
        assertThat(due()).isEmpty();
    }

    @Test
    void pagesOfDueUsers_goOnBehindTheLast() {
        register(BOB, PHONE);
        register(CAROL, PHONE);
        rig.send(ALICE, ALICE_BOB, "hello");
        rig.send(ALICE, ConversationId.direct(ALICE, CAROL), "hello");

        assertThat(rig.store().reads().duePushes(null, 1).toCompletableFuture().join())
                .containsExactly(BOB);
        assertThat(rig.store().reads().duePushes(BOB, 10).toCompletableFuture().join())
                .containsExactly(CAROL);
    }

    private long register(UserId user, DeviceId device) {
        return rig.accepted(new Command.KeepPush(user, device, ANY, TOKEN, rig.clock.millis()), Reply.PushKept.class)
                .version();
    }

    private void unregister(UserId user, DeviceId device) {
        rig.accepted(new Command.KeepPush(user, device, ANY, null, rig.clock.millis()), Reply.PushKept.class);
    }

    private void settle(UserId user, DeviceId device, long upTo) {
        rig.accepted(new Command.SettlePush(user, Map.of(device, upTo), rig.clock.millis()), Reply.Done.class);
    }

    private List<UserId> due() {
        return rig.store().reads().duePushes(null, 10).toCompletableFuture().join();
    }

    private Sleepers sleepers(UserId user) {
        return rig.store().reads().sleepers(user, 100).toCompletableFuture().join();
    }

    private long handled(UserId user, DeviceId device) {
        return sleepers(user).devices().stream()
                .filter(sleeper -> sleeper.device().equals(device))
                .findFirst()
                .orElseThrow()
                .handled();
    }

    private List<String> texts(UserId user) {
        return sleepers(user).waiting().stream()
                .map(item -> ((Event.MessageStored) item.entry()).body().asUtf8())
                .toList();
    }
}
