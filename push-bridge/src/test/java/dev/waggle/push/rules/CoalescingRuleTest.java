package dev.waggle.push.rules;

import static dev.waggle.push.rules.Decided.push;
import static dev.waggle.push.rules.Decided.pushes;
import static dev.waggle.push.rules.Scene.NOON;
import static dev.waggle.push.rules.Scene.PHONE;
import static dev.waggle.push.rules.Scene.TEAM;
import static dev.waggle.push.rules.Scene.WITH_BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.push.Push;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.UserId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** F5 and F6: fewer pushes, none lost. */
class CoalescingRuleTest {
    private final Scene scene = new Scene().phone();

    @Test
    void aHundredMessagesWithinTenSeconds_makeOneImmediatePushAndOneMore() {
        List<Push> sent = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            scene.message(TEAM);
            sent.addAll(pushes(scene.run()));
            scene.pass(100);
        }
        assertThat(sent).extracting(Push::count).containsExactly(1);

        Push rest = push(scene.run());
        assertThat(scene.now).isEqualTo(NOON + 10_000);
        assertThat(rest.count()).isEqualTo(99);
        assertThat(rest.seq()).isEqualTo(100);
        assertThat(rest.alert().body()).as("all that the device shows").isEqualTo("100");
        assertThat(pushes(scene.pass(60_000).run())).isEmpty();
    }

    @Test
    void conversations_doNotWaitForEachOther() {
        scene.message(TEAM).run();

        assertThat(push(scene.message(WITH_BOB).message(TEAM).run()).thread()).isEqualTo("d/bob");
    }

    @Test
    void aPushAfterTheDeviceWasAwakeBetween_countsFromTheBeginning() {
        scene.message(TEAM).run();
        scene.pass(20_000).online(PHONE).acknowledged(PHONE, 1).away(PHONE).pass(20_000);

        Push push = push(scene.message(TEAM).run());
        assertThat(push.alert().body()).isEqualTo("1");
    }

    @Test
    void messagesAndAMention_areAMention_andAnInvitationCountsNotAsAMessage() {
        scene.message(TEAM, entry -> entry.invitation()).message(TEAM).message(TEAM, entry -> entry.mention());

        Push push = push(scene.decide());
        assertThat(push.kind()).isEqualTo(Push.Kind.MENTION);
        assertThat(push.count()).isEqualTo(2);
        assertThat(push.seq()).isEqualTo(3);

        Push invitation = push(
                new Scene().phone().message(TEAM, entry -> entry.invitation()).decide());
        assertThat(invitation.kind()).isEqualTo(Push.Kind.INVITATION);
        assertThat(invitation.count()).isEqualTo(1);
    }

    @Test
    void theTwentyFirstPushWithinASecond_isMergedAndNotLost() {
        for (int i = 0; i < 21; i++) {
            scene.message(with(i));
        }
        List<Decision> decisions = scene.run();
        assertThat(pushes(decisions)).hasSize(20);
        assertThat(decisions.get(20)).isEqualTo(new Decision.Wait(PHONE, with(20), 21, NOON + 3_000, Reason.BUDGET));

        scene.pass(1_000).message(with(20));
        assertThat(pushes(scene.run())).isEmpty();
        assertThat(push(scene.pass(2_000).run()).count()).isEqualTo(2);
    }

    @Test
    void withTheBudgetNearlySpent_callsGoFirst_thenMentions() {
        for (int i = 0; i < 18; i++) {
            scene.message(with(i));
        }
        scene.run();
        scene.message(with(20)).message(with(21), entry -> entry.mention());
        scene.message(with(22), entry -> entry.wish(Waiting.Wish.CALL));

        assertThat(pushes(scene.run())).extracting(Push::kind).containsExactly(Push.Kind.CALL, Push.Kind.MENTION);
    }

    @Test
    void aDevice_getsAThousandPushesAnHour() {
        Budget budget = Budget.FULL;
        int sent = 0;
        for (long now = NOON; now < NOON + 3_600_000; now += 1_000) {
            if (budget.nextAt(now, Scene.LIMITS) <= now) {
                budget = budget.spend(now, Scene.LIMITS);
                sent++;
            }
        }

        assertThat(sent).isEqualTo(1_000);
        assertThat(budget.nextAt(NOON + 3_500_000, Scene.LIMITS)).isEqualTo(NOON + 3_600_000);
        assertThat(budget.spend(NOON + 3_600_000, Scene.LIMITS).nextAt(NOON + 3_600_000, Scene.LIMITS))
                .isLessThanOrEqualTo(NOON + 3_600_000);
    }

    @Test
    void theNumber_isSentOnlyWhenItIsAnotherOne() {
        assertThat(push(scene.message(TEAM).run()).badge()).isEqualTo(7);
        assertThat(push(scene.message(WITH_BOB).run()).badge()).isNull();
        scene.badge = 9;
        scene.message(with(1)).message(with(2));
        assertThat(pushes(scene.run())).extracting(Push::badge).containsExactly(9, null);
    }

    private static ConversationName with(int peer) {
        return new ConversationName.Peer(new UserId("peer" + peer));
    }
}
