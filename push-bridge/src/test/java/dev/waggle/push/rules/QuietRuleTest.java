package dev.waggle.push.rules;

import static dev.waggle.push.rules.Decided.assertSkips;
import static dev.waggle.push.rules.Decided.assertWaits;
import static dev.waggle.push.rules.Decided.push;
import static dev.waggle.push.rules.Decided.pushes;
import static dev.waggle.push.rules.Scene.NOON;
import static dev.waggle.push.rules.Scene.TEAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.push.Push;
import dev.waggle.push.registration.PushSettings;
import dev.waggle.push.registration.QuietHours;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.message.OwnSettings;
import dev.waggle.spec.message.OwnSettings.Level;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** F4: mute, level, quiet hours, do not disturb; F11 in these. */
class QuietRuleTest {
    private static final long HOUR = 3_600_000;
    private final Scene scene = new Scene().phone();

    @Test
    void aMutedConversation_isNotPushed_butTheNumberStillRises() {
        scene.message(TEAM).own(muted(NOON + HOUR));
        assertSkips(scene.decide(), Reason.MUTED);

        scene.badge = 8;
        Push other = push(scene.message(Scene.WITH_BOB).decide());
        assertThat(other.badge()).isEqualTo(8);
    }

    @Test
    void aMute_endsAtItsTime() {
        scene.message(TEAM).own(muted(NOON + HOUR)).pass(HOUR);

        assertThat(pushes(scene.decide())).hasSize(1);
    }

    @Test
    void aMention_breaksAMute_onlyIfTheUserSetSo() {
        scene.message(TEAM, entry -> entry.mention()).own(muted(NOON + HOUR));
        assertSkips(scene.decide(), Reason.MUTED);

        Push push = push(scene.set(wish -> wish.mentionsBreakMute()).decide());
        assertThat(push.kind()).isEqualTo(Push.Kind.MENTION);
    }

    @Test
    void theLevel_saysWhatTheUserIsToldOf() {
        OwnSettings mentions = new OwnSettings(0, Level.MENTIONS, SeqRanges.NONE, 1);
        OwnSettings none = new OwnSettings(0, Level.NONE, SeqRanges.NONE, 1);

        assertSkips(scene.message(TEAM).own(mentions).decide(), Reason.LEVEL);
        scene.waiting.clear();
        assertThat(pushes(scene.message(TEAM, entry -> entry.mention())
                        .own(mentions)
                        .decide()))
                .hasSize(1);
        assertSkips(scene.own(none).set(wish -> wish.mentionsBreakMute()).decide(), Reason.LEVEL);
    }

    @Test
    void quietHoursOverAChangeOfTheClock_holdPushesUntilTheClockShowsTheirEnd() {
        // In the night to 2026-03-29 clocks in Paris go forward: 07:00 there is 05:00 UTC, not 06:00.
        ZoneId paris = ZoneId.of("Europe/Paris");
        scene.settings = quiet(paris, EnumSet.allOf(DayOfWeek.class), true);
        scene.now = Instant.parse("2026-03-29T00:30:00Z").toEpochMilli();
        scene.phone().message(TEAM).message(TEAM);

        long morning = Instant.parse("2026-03-29T05:00:00Z").toEpochMilli();
        assertWaits(scene.decide(), Reason.QUIET_HOURS, morning);
        scene.now = morning;
        assertThat(push(scene.decide()).count()).isEqualTo(2);
    }

    @Test
    void quietHoursThatSilence_dropPushes() {
        scene.settings = quiet(ZoneId.of("UTC"), EnumSet.allOf(DayOfWeek.class), false);
        scene.message(TEAM);
        scene.now = NOON + 11 * HOUR;

        assertSkips(scene.decide(), Reason.QUIET_HOURS);
    }

    @Test
    void whatWasHeldOverAWeekend_isPushedAfterIt() {
        QuietHours weekend = new QuietHours(
                LocalTime.MIDNIGHT,
                LocalTime.MIDNIGHT,
                ZoneId.of("UTC"),
                Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                true);
        scene.set(wish -> wish.quiet(weekend));
        scene.now = Instant.parse("2025-11-22T00:00:00Z").toEpochMilli();
        scene.message(TEAM);
        long monday = Instant.parse("2025-11-24T00:00:00Z").toEpochMilli();

        assertWaits(scene.decide(), Reason.QUIET_HOURS, monday);
        scene.now = monday;
        assertThat(push(scene.decide()).expiresAt())
                .isEqualTo(monday + Scene.LIMITS.ttl().toMillis());
    }

    @Test
    void doNotDisturb_endsAtItsTime_andHoldsNotForEver() {
        scene.set(wish -> wish.doNotDisturbUntil(NOON + 2 * HOUR)).message(TEAM);
        assertWaits(scene.decide(), Reason.DO_NOT_DISTURB, NOON + 2 * HOUR);
        assertThat(pushes(scene.pass(2 * HOUR).decide())).hasSize(1);

        scene.set(wish -> wish.doNotDisturbUntil(NOON + 100 * HOUR));
        assertSkips(scene.decide(), Reason.DO_NOT_DISTURB);
    }

    @Test
    void theLaterOfQuietHoursAndDoNotDisturb_counts() {
        scene.settings = quiet(ZoneId.of("UTC"), EnumSet.allOf(DayOfWeek.class), true);
        scene.pass(11 * HOUR).message(TEAM);
        long morning = NOON + 19 * HOUR;

        assertWaits(scene.set(wish -> wish.doNotDisturbUntil(morning - HOUR)).decide(), Reason.QUIET_HOURS, morning);
        assertWaits(
                scene.set(wish -> wish.doNotDisturbUntil(morning + HOUR)).decide(),
                Reason.DO_NOT_DISTURB,
                morning + HOUR);
    }

    @Test
    void aCall_comesThroughOnlyIfTheUserSetSo_andIsNeverHeld() {
        scene.set(wish -> wish.doNotDisturbUntil(NOON + HOUR));
        scene.message(TEAM, entry -> entry.wish(Waiting.Wish.CALL));
        assertSkips(scene.decide(), Reason.DO_NOT_DISTURB);

        assertThat(push(scene.set(wish -> wish.callsBreakQuiet()).decide()).kind())
                .isEqualTo(Push.Kind.CALL);
        assertSkips(scene.own(muted(NOON + HOUR)).decide(), Reason.MUTED);
    }

    @Test
    void aCall_ringsAtOnceForThirtySeconds_andOnItsOwn() {
        scene.message(TEAM).run();
        scene.message(TEAM).message(TEAM, entry -> entry.wish(Waiting.Wish.CALL));

        Push call = push(scene.run());
        assertThat(call.kind()).isEqualTo(Push.Kind.CALL);
        assertThat(call.count()).isEqualTo(1);
        assertThat(call.expiresAt()).isEqualTo(NOON + 30_000);

        Push rest = push(scene.pass(10_000).run());
        assertThat(rest.kind()).isEqualTo(Push.Kind.MESSAGE);
        assertThat(rest.seq()).isEqualTo(2);
        assertThat(rest.count()).isEqualTo(1);

        scene.message(TEAM, entry -> entry.wish(Waiting.Wish.CALL)).pass(30_000);
        assertThat(pushes(scene.decide())).isEmpty();
    }

    @Test
    void whatIsHeld_doesNotHideACallBehindIt() {
        scene.set(wish -> wish.doNotDisturbUntil(NOON + HOUR).callsBreakQuiet());
        scene.message(TEAM).message(Scene.WITH_BOB).message(TEAM).message(TEAM).more = true;
        List<Decision> crowded = scene.run();
        assertThat(crowded).contains(new Decision.Skip(Scene.PHONE, TEAM, 2, Reason.CROWDED));
        assertThat(scene.devices.get(Scene.PHONE).handled()).isEqualTo(1);

        scene.message(TEAM, entry -> entry.wish(Waiting.Wish.CALL)).more = false;
        assertThat(push(scene.run()).kind()).isEqualTo(Push.Kind.CALL);
        assertThat(pushes(scene.pass(HOUR).run())).extracting(Push::seq).containsExactlyInAnyOrder(1L, 3L);
    }

    private static OwnSettings muted(long until) {
        return new OwnSettings(until, Level.ALL, SeqRanges.NONE, 1);
    }

    private static PushSettings quiet(ZoneId zone, Set<DayOfWeek> days, boolean hold) {
        return new Scene()
                .set(wish -> wish.quiet(new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 0), zone, days, hold)))
                .settings;
    }
}
