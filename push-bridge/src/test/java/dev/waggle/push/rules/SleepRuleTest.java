package dev.waggle.push.rules;

import static dev.waggle.push.rules.Decided.assertSkips;
import static dev.waggle.push.rules.Decided.assertWaits;
import static dev.waggle.push.rules.Decided.push;
import static dev.waggle.push.rules.Decided.pushes;
import static dev.waggle.push.rules.Scene.PHONE;
import static dev.waggle.push.rules.Scene.TEAM;
import static dev.waggle.push.rules.Scene.WITH_BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.push.Push;
import dev.waggle.push.registration.Registration;
import org.junit.jupiter.api.Test;

/** F2: who sleeps. */
class SleepRuleTest {
    private final Scene scene = new Scene().phone();

    @Test
    void aDeviceAwayForLong_isPushedAtOnce() {
        Push push = push(scene.message(TEAM).decide());

        assertThat(push.device()).isEqualTo(PHONE);
        assertThat(push.kind()).isEqualTo(Push.Kind.MESSAGE);
        assertThat(push.count()).isEqualTo(1);
        assertThat(push.seq()).isEqualTo(1);
        assertThat(push.expiresAt()).isEqualTo(Scene.NOON + Scene.LIMITS.ttl().toMillis());
    }

    @Test
    void noPushIsSent_whileTheDeviceHasALiveSessionThatAcknowledgedTheMessage() {
        scene.online(PHONE).message(TEAM).acknowledged(PHONE, 1).pass(3_600_000);

        assertSkips(scene.decide(), Reason.ACKNOWLEDGED);
    }

    @Test
    void noPushIsSent_forWhatWasAcknowledgedOutOfOrder_orBeforeItSlept() {
        scene.message(TEAM).message(TEAM).message(WITH_BOB).acknowledged(PHONE, 1, 3L);

        assertThat(pushes(scene.decide())).extracting(Push::seq).containsExactly(2L);
    }

    @Test
    void aMessageUnacknowledgedForFiveSecondsOnAHalfOpenConnection_isPushed() {
        scene.pass(-3_600_000).online(PHONE).pass(3_600_000).message(TEAM);
        assertWaits(scene.decide(), Reason.UNACKNOWLEDGED, Scene.NOON + 5_000);

        assertThat(pushes(scene.pass(4_999).decide())).isEmpty();
        assertThat(pushes(scene.pass(1).decide())).hasSize(1);
    }

    @Test
    void aDeviceThatHasJustConnected_hasFiveSecondsForOldMessagesToo() {
        scene.message(TEAM).pass(60_000).online(PHONE);

        assertWaits(scene.decide(), Reason.UNACKNOWLEDGED, scene.now + 5_000);
    }

    @Test
    void aMessageThatIsNewOnAHalfOpenConnection_doesNotGoWithTheOldOne() {
        scene.pass(-60_000).online(PHONE).pass(60_000).message(TEAM).pass(5_000).message(TEAM);

        assertThat(scene.decide()).hasSize(2);
        assertThat(push(scene.decide()).seq()).isEqualTo(1);
        assertThat(scene.decide())
                .anySatisfy(decision -> assertThat(decision)
                        .isEqualTo(new Decision.Wait(PHONE, TEAM, 2, scene.now + 5_000, Reason.UNACKNOWLEDGED)));
    }

    @Test
    void aCleanDisconnect_startsAGraceOfThreeSecondsInWhichAReconnectCancelsThePush() {
        scene.away(PHONE).message(TEAM);
        assertWaits(scene.decide(), Reason.GRACE, Scene.NOON + 3_000);

        scene.pass(2_999).online(PHONE).acknowledged(PHONE, 1).pass(60_000);
        assertSkips(scene.decide(), Reason.ACKNOWLEDGED);
    }

    @Test
    void afterTheGrace_thePushGoes() {
        scene.away(PHONE).message(TEAM).pass(3_000);

        assertThat(pushes(scene.decide())).hasSize(1);
    }

    @Test
    void aConnectedDeviceWithoutARecord_isTakenForAwake_andAnAwayOneIsPushed() {
        scene.passing(PHONE).online(PHONE).message(TEAM).pass(60_000);
        assertSkips(scene.decide(), Reason.AWAKE);

        scene.away(PHONE).pass(3_000);
        assertThat(pushes(scene.decide())).hasSize(1);
    }

    @Test
    void whatWasReadAnywhere_orIsOnesOwn_isNotPushed() {
        assertSkips(scene.message(TEAM).readAll().decide(), Reason.READ);
        assertSkips(
                new Scene().phone().message(TEAM, entry -> entry.from(Scene.ME)).decide(), Reason.OWN);
    }

    @Test
    void whatIsExpired_orOlderThanADay_isNotPushed() {
        scene.message(TEAM, entry -> entry.expires(Scene.NOON + 1_000));
        assertThat(push(scene.decide()).expiresAt()).isEqualTo(Scene.NOON + 1_000);
        assertSkips(scene.pass(1_000).decide(), Reason.EXPIRED);

        Scene day = new Scene().phone().message(TEAM).pass(86_400_000 - 1);
        assertThat(pushes(day.decide())).hasSize(1);
        assertSkips(day.pass(1).decide(), Reason.EXPIRED);
    }

    @Test
    void whatTheSenderWantsUnpushed_isNotPushed() {
        scene.message(TEAM, entry -> entry.wish(Waiting.Wish.NONE));

        assertSkips(scene.decide(), Reason.UNWISHED);
    }

    @Test
    void aRegistrationNotRenewedFor270Days_isNotPushed() {
        scene.change(PHONE, old -> {
            Registration r = old.registration();
            long at = Scene.NOON - Scene.LIMITS.forgotten().toMillis() - 1;
            Registration aged =
                    new Registration(r.app(), r.address(), r.locale(), r.zone(), r.appVersion(), null, false, null, at);
            return new Sleeper(PHONE, aged, 0, old.progress(), false, old.since());
        });

        assertSkips(scene.message(TEAM).decide(), Reason.FORGOTTEN);
    }

    @Test
    void handled_stopsBeforeTheFirstThatWaits() {
        scene.message(TEAM).message(WITH_BOB).pass(5_000);
        scene.pass(-60_000).online(PHONE).pass(60_000).message(TEAM).message(WITH_BOB);

        assertThat(scene.rules.handled(scene.situation(), scene.decide())).containsEntry(PHONE, 2L);
    }

    @Test
    void handled_withMoreThanWasListed_isTheLastListed_andNeverLowerThanBefore() {
        scene.message(TEAM).message(TEAM).more = true;
        assertThat(scene.rules.handled(scene.situation(), scene.decide())).containsEntry(PHONE, 2L);

        scene.waiting.clear();
        scene.change(PHONE, old -> new Sleeper(PHONE, old.registration(), 9, old.progress(), false, 0));
        assertThat(scene.rules.handled(scene.situation(), scene.decide())).containsEntry(PHONE, 9L);
    }

    @Test
    void theSamePush_hasTheSameIdWithAnEmptyLedger_andAnotherForAnotherDevice() {
        Push before = push(scene.message(TEAM).decide());
        Push after = push(new Scene().phone().message(TEAM).pass(60_000).decide());
        Push newer = push(scene.message(TEAM).decide());

        assertThat(after.id()).isEqualTo(before.id());
        assertThat(newer.id()).isNotEqualTo(before.id());
        assertThat(before.id().version()).isEqualTo(8);
        assertThat(before.id().variant()).isEqualTo(2);
        assertThat(push(new Scene()
                                .device(
                                        Scene.TABLET,
                                        scene.devices.get(PHONE).registration().address())
                                .message(TEAM)
                                .decide())
                        .id())
                .isNotEqualTo(before.id());
    }
}
