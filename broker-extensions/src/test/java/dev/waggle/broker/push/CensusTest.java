package dev.waggle.broker.push;

import static dev.waggle.store.lane.StoreRig.BOB;
import static dev.waggle.store.lane.StoreRig.CAROL;
import static dev.waggle.store.lane.StoreRig.LAPTOP;
import static dev.waggle.store.lane.StoreRig.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.push.Address;
import dev.waggle.spec.message.Command;
import dev.waggle.store.storage.StorageFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Registrations that nobody renews, and addresses where nobody is, on a clock that a test turns. */
class CensusTest {
    private static final String COUNT = "waggle_push_registrations{app=\"%s\",provider=\"scripted\",state=\"%s\",} %s";

    private final PushRig rig;

    CensusTest() throws StorageFailure {
        rig = new PushRig();
    }

    /** The first census is due after a minute, each further one a day later. */
    private void nextCensus() {
        rig.pass(Duration.ofDays(1).plusMinutes(2));
    }

    @Test
    void registrations_areCountedByAppAndAge() {
        rig.register(BOB, PHONE);
        rig.pass(Duration.ofDays(30));
        rig.register(BOB, LAPTOP);
        rig.register(CAROL, PHONE, new Address.Fcm("shop", false), PushRig.OTHER_APP);
        nextCensus();

        assertThat(rig.metrics())
                .contains(
                        COUNT.formatted("default", "fresh", "1.0"),
                        COUNT.formatted("default", "stale", "1.0"),
                        COUNT.formatted(PushRig.OTHER_APP, "fresh", "1.0"),
                        COUNT.formatted(PushRig.OTHER_APP, "stale", "0.0"));
    }

    @Test
    void registration_notRenewedFor270Days_isDeleted_thoughNothingCame() {
        rig.register(BOB, PHONE);
        rig.pass(Duration.ofDays(100));
        rig.register(BOB, LAPTOP);
        rig.pass(Duration.ofDays(168));
        nextCensus();
        assertThat(rig.registrations(BOB)).isEqualTo(2);
        nextCensus();
        assertThat(rig.registrations(BOB)).isEqualTo(1);
        nextCensus();
        assertThat(rig.addresses()).isEqualTo(1);
    }

    @Test
    void addressThatItsDeviceLeft_isClearedADayLater() {
        rig.register(BOB, PHONE, new Address.Fcm("old", false), "default");
        rig.register(BOB, PHONE, new Address.Fcm("new", false), "default");
        assertThat(rig.addresses()).isEqualTo(2);
        rig.pass(Duration.ofMinutes(2));
        assertThat(rig.addresses()).as("it may be about to be registered").isEqualTo(2);
        nextCensus();
        assertThat(rig.addresses()).isEqualTo(1);
        assertThat(rig.registrations(BOB)).isEqualTo(1);
    }

    @Test
    void addressOfWhoUnregistered_isCleared() {
        rig.register(BOB, PHONE);
        rig.store.ask(new Command.KeepPush(BOB, PHONE, Command.KeepPush.ANY_VERSION, null, rig.store.clock.millis()));
        nextCensus();
        assertThat(rig.addresses()).isZero();
    }

    @Test
    void addressThatIsRegisteredAnew_isNotClearedMeanwhile() {
        rig.register(BOB, PHONE, new Address.Fcm("one", false), "default");
        rig.register(BOB, PHONE, new Address.Fcm("two", false), "default");
        rig.pass(Duration.ofHours(3));
        // Its first half: the address is taken, the registration comes later.
        AddressBook book = new AddressBook(rig.store.store(), rig.store.clock);
        AddressBook.Entry seen =
                book.page(null, 100).toCompletableFuture().join().get(0);
        rig.register(BOB, PHONE, new Address.Fcm("one", false), "default");
        rig.register(BOB, LAPTOP, new Address.Fcm("two", false), "default");
        book.clear(seen, rig.store.clock.millis());
        rig.turn();
        assertThat(rig.addresses()).isEqualTo(2);
    }
}
