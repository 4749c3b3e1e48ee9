package dev.waggle.push.rules;

import static dev.waggle.push.rules.Decided.assertSkips;
import static dev.waggle.push.rules.Decided.assertWaits;
import static dev.waggle.push.rules.Decided.push;
import static dev.waggle.push.rules.Decided.pushes;
import static dev.waggle.push.rules.Scene.DESK;
import static dev.waggle.push.rules.Scene.NOON;
import static dev.waggle.push.rules.Scene.PHONE;
import static dev.waggle.push.rules.Scene.TEAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.push.registration.PushSettings.Elsewhere;
import org.junit.jupiter.api.Test;

/** F3: the user is active on another device. */
class ElsewhereRuleTest {
    private final Scene scene = new Scene().phone();

    @Test
    void aPush_waitsWhileAnotherDeviceShowedActivityInTheLastMinute_andIsSentAtThirtySeconds() {
        scene.activity.put(DESK, NOON - 20_000);
        scene.message(TEAM);

        assertWaits(scene.decide(), Reason.ACTIVE_ELSEWHERE, NOON + 30_000);
        assertThat(pushes(scene.pass(29_999).decide())).isEmpty();
        assertThat(pushes(scene.pass(1).decide())).hasSize(1);
    }

    @Test
    void aPush_isCancelledByAReadMark() {
        scene.activity.put(DESK, NOON);
        scene.message(TEAM).pass(10_000).readAll().pass(60_000);

        assertSkips(scene.decide(), Reason.READ);
    }

    @Test
    void whenTheActivityEndsBefore_thePushGoesThen() {
        scene.activity.put(DESK, NOON - 50_000);
        scene.message(TEAM);

        assertWaits(scene.decide(), Reason.ACTIVE_ELSEWHERE, NOON + 10_001);
        assertThat(pushes(scene.pass(10_001).decide())).hasSize(1);
    }

    @Test
    void activityLongerAgo_orOnTheDeviceItself_delaysNothing() {
        scene.activity.put(DESK, NOON - 60_001);
        scene.activity.put(PHONE, NOON);

        assertThat(pushes(scene.message(TEAM).decide())).hasSize(1);
    }

    @Test
    void whatCameMeanwhile_goesWithTheOldest() {
        scene.activity.put(DESK, NOON);
        scene.message(TEAM).pass(10_000).message(TEAM).pass(20_000);

        assertThat(push(scene.decide()).count()).isEqualTo(2);
    }

    @Test
    void always_pushesAtOnce() {
        scene.activity.put(DESK, NOON);
        scene.set(wish -> wish.elsewhere(Elsewhere.ALWAYS)).message(TEAM);

        assertThat(pushes(scene.decide())).hasSize(1);
    }

    @Test
    void never_pushesNothingAsLongAsTheActivityLasts() {
        scene.activity.put(DESK, NOON);
        scene.set(wish -> wish.elsewhere(Elsewhere.NEVER)).message(TEAM);

        assertWaits(scene.decide(), Reason.ACTIVE_ELSEWHERE, NOON + 60_001);
        scene.pass(50_000).activity.put(DESK, scene.now);
        assertWaits(scene.decide(), Reason.ACTIVE_ELSEWHERE, scene.now + 60_001);
        assertThat(pushes(scene.pass(60_001).decide())).hasSize(1);
    }

    @Test
    void aCall_isNotDelayed_butNeverMeansNever() {
        scene.activity.put(DESK, NOON);
        scene.message(TEAM, entry -> entry.wish(Waiting.Wish.CALL));
        assertThat(pushes(scene.decide())).hasSize(1);

        scene.set(wish -> wish.elsewhere(Elsewhere.NEVER));
        assertWaits(scene.decide(), Reason.ACTIVE_ELSEWHERE, NOON + 60_001);
        assertSkips(scene.pass(30_000).decide(), Reason.EXPIRED);
    }
}
