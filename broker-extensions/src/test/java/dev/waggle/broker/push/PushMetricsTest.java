package dev.waggle.broker.push;

import static dev.waggle.store.lane.StoreRig.ALICE;
import static dev.waggle.store.lane.StoreRig.ALICE_BOB;
import static dev.waggle.store.lane.StoreRig.BOB;
import static dev.waggle.store.lane.StoreRig.LAPTOP;
import static dev.waggle.store.lane.StoreRig.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.push.Address;
import dev.waggle.push.Credential;
import dev.waggle.push.Outcome;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Command;
import dev.waggle.store.storage.StorageFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What operators see of pushes. */
class PushMetricsTest {
    private static final String USUAL = "{app=\"default\",provider=\"scripted\",";
    private static final String OTHER = "{app=\"other\",provider=\"scripted\",";

    private final PushRig rig;

    PushMetricsTest() throws StorageFailure {
        rig = new PushRig();
    }

    @Test
    void onePushThatIsTriedTwice_isCountedAsItWent() {
        rig.register(BOB, PHONE);
        rig.provider.answers.add(new Outcome.Later("UNAVAILABLE", Duration.ofSeconds(10), null, false));
        rig.send(ALICE, ALICE_BOB, "hello");
        rig.pass(Duration.ofSeconds(20));

        assertThat(rig.metrics())
                .contains(
                        "waggle_push_tries_total" + USUAL + "outcome=\"later\",} 1.0",
                        "waggle_push_tries_total" + USUAL + "outcome=\"accepted\",} 1.0",
                        "waggle_push_retries_total" + USUAL + "} 1.0",
                        "waggle_pushes_accepted_total" + USUAL + "} 1.0",
                        "waggle_pushed_messages_total" + USUAL + "} 1.0",
                        "waggle_push_answer_seconds_count" + USUAL + "} 2.0",
                        "waggle_push_delay_seconds_count" + USUAL + "} 1.0",
                        "waggle_push_users_waiting 0.0",
                        "waggle_pushes_under_way 0.0");
    }

    @Test
    void whatWaits_isSeenByItsOutlet_withItsAge() {
        rig.register(BOB, PHONE);
        rig.provider.hangs = true;
        rig.send(ALICE, ALICE_BOB, "hello");
        rig.pass(Duration.ofSeconds(7));

        assertThat(rig.metrics())
                .contains(
                        "waggle_push_queue" + USUAL + "} 1.0",
                        "waggle_push_queue" + OTHER + "} 0.0",
                        "waggle_push_queue_oldest_seconds" + USUAL + "} 7.0",
                        "waggle_push_queue_oldest_seconds" + OTHER + "} 0.0",
                        "waggle_pushes_under_way 1.0");
    }

    @Test
    void credential_isSeenOnlyWhereItEnds() {
        long now = rig.store.clock.millis();
        rig.provider.credential = new Credential(now - 60_000, now + 3_540_000, now - 2_000);
        assertThat(rig.metrics())
                .contains(
                        "waggle_push_credential_expiry_seconds" + USUAL + "} 3540.0",
                        "waggle_push_credential_age_seconds" + USUAL + "} 60.0",
                        "waggle_push_credential_failed_seconds" + USUAL + "} 2.0")
                .noneMatch(line -> line.startsWith("waggle_push_credential") && line.contains(OTHER));
    }

    @Test
    void whatIsLeftOut_givenUp_orForgotten_isCountedByWhyAndWhere() {
        rig.register(BOB, PHONE, new Address.Fcm("gone", false), PushRig.OTHER_APP);
        rig.register(BOB, LAPTOP);
        rig.other.answers.add(new Outcome.Gone("UNREGISTERED", 0));
        rig.provider.answers.add(new Outcome.Undeliverable("too large"));
        rig.send(ALICE, ALICE_BOB, "hello");
        rig.store.send(ALICE, ALICE_BOB, "read on another device before anybody looks");
        rig.store.ask(new Command.MarkRead(Actor.of(BOB, PHONE), ALICE_BOB, 2, false, rig.store.clock.millis()));
        rig.turn();

        assertThat(rig.metrics())
                .contains(
                        "waggle_push_registrations_pruned_total" + OTHER + "} 1.0",
                        "waggle_pushes_given_up_total" + USUAL + "reason=\"undeliverable\",} 1.0",
                        "waggle_push_dead_letters 2.0",
                        "waggle_push_dead_letters_lost_total 0.0")
                .contains("waggle_push_suppressed_total{reason=\"read\",} 1.0");
    }

    @Test
    void breakers_areSeenByTheirOutlet() {
        rig.provider.usual = new Outcome.Unknown("BadDeviceToken");
        for (int i = 0; i < 25; i++) {
            rig.register(BOB, new DeviceId("mistaken-" + i));
        }
        rig.send(ALICE, ALICE_BOB, "hello");

        assertThat(rig.metrics())
                .contains(
                        "waggle_push_pruning_stopped" + USUAL + "} 1.0",
                        "waggle_push_pruning_stopped" + OTHER + "} 0.0",
                        "waggle_push_left_alone" + USUAL + "} 0.0");
    }
}
