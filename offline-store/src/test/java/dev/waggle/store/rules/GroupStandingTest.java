package dev.waggle.store.rules;

import static dev.waggle.store.rules.Talk.ALICE;
import static dev.waggle.store.rules.Talk.BOB;
import static dev.waggle.store.rules.Talk.CAROL;
import static dev.waggle.store.rules.Talk.DAVE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.GroupPatch;
import dev.waggle.spec.message.GroupSettings;
import dev.waggle.spec.message.HistoryPolicy;
import dev.waggle.spec.message.JoinPolicy;
import dev.waggle.spec.message.MemberRole;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Reply;
import dev.waggle.spec.message.Standing;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupStandingTest {
    private final Talk team = Talk.group(ALICE, BOB, CAROL);

    /** The table of PROTOCOL.md: policy × who asks. */
    @ParameterizedTest
    @CsvSource({
        "OPEN,     invited, joins", "OPEN,     anybody, joins", "OPEN,     banned, refused",
        "APPROVAL, invited, joins", "APPROVAL, anybody, asks", "APPROVAL, banned, refused",
        "INVITE,   invited, joins", "INVITE,   anybody, refused", "INVITE,   banned, refused",
        "CLOSED,   invited, refused", "CLOSED,   anybody, refused", "CLOSED,   banned, refused",
    })
    void join_followsThePolicy(JoinPolicy policy, String who, String outcome) {
        if (who.equals("invited")) {
            team.accepted(team.stand(ALICE, Standing.Kind.INVITED, DAVE));
        } else if (who.equals("banned")) {
            team.accepted(team.stand(ALICE, Standing.Kind.BANNED, DAVE));
        }
        if (policy != GroupSettings.USUAL.join()) {
            team.accepted(team.update(ALICE, policy));
        }

        if (outcome.equals("refused")) {
            Talk none = new Talk(Talk.TEAM);
            assertThat(team.decide(team.stand(DAVE, Standing.Kind.REQUESTED)))
                    .isEqualTo(none.decide(none.stand(DAVE, Standing.Kind.REQUESTED)));
            assertThat(team.refusal(team.stand(DAVE, Standing.Kind.REQUESTED))).isEqualTo(Refusal.NOT_MEMBER);
        } else {
            ConversationDecision.Accepted joined = team.accepted(team.stand(DAVE, Standing.Kind.REQUESTED));
            assertThat(joined.reply()).isEqualTo(new Reply.GroupJoined(outcome.equals("joins"), team.state.lastSeq()));
            assertThat(joined.recipients()).containsExactly(ALICE, BOB, CAROL, DAVE);
            assertThat(team.members().contains(DAVE)).isEqualTo(outcome.equals("joins"));
            assertThat(team.accepted(team.stand(DAVE, Standing.Kind.REQUESTED)).entry())
                    .isNull();
        }
    }

    @Test
    void invitation_tellsTheNameToTheInvited_andIsGoodForThirtyDays() {
        ConversationDecision.Accepted invited = team.accepted(team.stand(ALICE, Standing.Kind.INVITED, DAVE, BOB));

        assertThat(invited.recipients()).containsExactly(ALICE, BOB, CAROL, DAVE);
        assertThat(invited.reply()).isEqualTo(new Reply.MembersInvited(List.of(DAVE), 2));
        assertThat(((Event.MembersChanged) team.log.get(1)).name()).isEqualTo("the team");
        assertThat(team.accepted(team.stand(ALICE, Standing.Kind.INVITED, DAVE)).entry())
                .isNull();
        team.now += RuleLimits.PENDING_MILLIS;
        assertThat(team.refusal(team.stand(DAVE, Standing.Kind.REQUESTED))).isEqualTo(Refusal.NOT_MEMBER);
        assertThat(team.accepted(team.stand(ALICE, Standing.Kind.INVITED, DAVE)).entry())
                .isNotNull();
    }

    @Test
    void decline_endsTheInvitation_andOnceOnly() {
        team.accepted(team.stand(ALICE, Standing.Kind.INVITED, DAVE));

        assertThat(team.accepted(team.stand(DAVE, Standing.Kind.DECLINED)).recipients())
                .containsExactly(ALICE, BOB, CAROL, DAVE);
        assertThat(team.refusal(team.stand(DAVE, Standing.Kind.DECLINED))).isEqualTo(Refusal.NOT_MEMBER);
        assertThat(team.refusal(team.stand(DAVE, Standing.Kind.REQUESTED))).isEqualTo(Refusal.NOT_MEMBER);
    }

    @Test
    void request_isAnsweredByAddOrRefuse() {
        team.accepted(team.update(ALICE, JoinPolicy.APPROVAL));
        team.accepted(team.stand(DAVE, Standing.Kind.REQUESTED));
        assertThat(team.accepted(team.stand(ALICE, Standing.Kind.REFUSED, DAVE)).recipients())
                .contains(DAVE);
        assertThat(team.accepted(team.stand(ALICE, Standing.Kind.REFUSED, DAVE)).entry())
                .isNull();
        team.accepted(team.stand(DAVE, Standing.Kind.REQUESTED));

        team.accepted(team.add(ALICE, null, DAVE));

        assertThat(team.state.group().standings().requests()).isEmpty();
        assertThat(team.members()).contains(DAVE);
    }

    @Test
    void ban_removesRevokesAndKeepsOut() {
        ConversationDecision.Accepted banned = team.accepted(team.stand(ALICE, Standing.Kind.BANNED, CAROL));

        assertThat(banned.recipients()).containsExactly(ALICE, BOB, CAROL);
        assertThat(banned.revoked()).containsExactly(CAROL);
        assertThat(team.refusal(team.message(CAROL, null, "hi"))).isEqualTo(Refusal.NOT_MEMBER);
        assertThat(team.refusal(team.add(ALICE, null, CAROL))).isEqualTo(Refusal.NOT_ALLOWED);
        assertThat(team.refusal(team.stand(ALICE, Standing.Kind.INVITED, CAROL)))
                .isEqualTo(Refusal.NOT_ALLOWED);
        team.accepted(team.stand(ALICE, Standing.Kind.UNBANNED, CAROL));
        team.accepted(team.add(ALICE, null, CAROL));
    }

    @Test
    void ban_ofAStranger_isNotToldToTheStranger() {
        assertThat(team.accepted(team.stand(ALICE, Standing.Kind.BANNED, DAVE)).recipients())
                .containsExactly(ALICE, BOB, CAROL);
        assertThat(team.accepted(team.stand(ALICE, Standing.Kind.UNBANNED, DAVE))
                        .recipients())
                .containsExactly(ALICE, BOB, CAROL);
    }

    @Test
    void mute_lastsUntilItsTime_alsoOverLeavingAndComingBack() {
        team.accepted(team.mute(ALICE, BOB, 60));
        ConversationDecision silent = team.decide(team.message(BOB, null, "hi"));

        assertThat(((ConversationDecision.Refused) silent).rejection().message())
                .isEqualTo("you are muted in this group until 1970-01-01T00:17:40Z");
        team.accepted(team.leave(BOB, null));
        team.accepted(team.add(ALICE, null, BOB));
        assertThat(team.refusal(team.message(BOB, null, "hi"))).isEqualTo(Refusal.NOT_ALLOWED);
        team.now += 60_000;
        team.accepted(team.message(BOB, null, "hi"));
        assertThat(team.accepted(team.mute(ALICE, BOB, 0)).entry()).isNull();
        assertThat(team.refusal(team.mute(ALICE, DAVE, 60))).isEqualTo(Refusal.NOT_FOUND);
    }

    @Test
    void lastOwner_cannotStepDown_butHandsOver() {
        assertThat(team.refusal(team.role(ALICE, ALICE, MemberRole.MEMBER))).isEqualTo(Refusal.NOT_ALLOWED);
        team.accepted(team.role(ALICE, BOB, MemberRole.OWNER));
        assertThat(team.refusal(team.role(BOB, ALICE, MemberRole.MEMBER))).isEqualTo(Refusal.NOT_ALLOWED);
        team.accepted(team.role(ALICE, ALICE, MemberRole.MEMBER));

        assertThat(team.state.group().member(ALICE).firstSeq()).isEqualTo(1);
        assertThat(team.refusal(team.role(BOB, DAVE, MemberRole.ADMIN))).isEqualTo(Refusal.NOT_FOUND);
    }

    @Test
    void dissolution_tellsAll_isTheLastEvent_andTheIdIsGone() {
        team.accepted(team.update(ALICE, JoinPolicy.OPEN));
        ConversationDecision.Accepted dissolved = team.accepted(team.stand(ALICE, Standing.Kind.DISSOLVED));

        assertThat(dissolved.recipients()).containsExactly(ALICE, BOB, CAROL);
        assertThat(dissolved.revoked()).containsExactly(ALICE, BOB, CAROL);
        assertThat(team.refusal(team.message(ALICE, null, "hi"))).isEqualTo(Refusal.NOT_MEMBER);
        assertThat(team.refusal(team.stand(DAVE, Standing.Kind.REQUESTED))).isEqualTo(Refusal.NOT_MEMBER);
        assertThat(team.refusal(team.create(ALICE))).isEqualTo(Refusal.EXISTS);
    }

    @Test
    void update_saysOnlyWhatIsDifferent() {
        GroupPatch wanted = new GroupPatch("the team", "", "p", JoinPolicy.INVITE, HistoryPolicy.ALL);
        team.accepted(team.update(ALICE, wanted));

        assertThat(((Event.SettingsChanged) team.log.get(1)).change())
                .isEqualTo(new GroupPatch(null, null, "p", null, HistoryPolicy.ALL));
        assertThat(team.accepted(team.update(ALICE, wanted)).entry()).isNull();
        team.accepted(team.update(ALICE, new GroupPatch("", null, null, null, null)));
        assertThat(team.state.group().settings().name()).isNull();
    }

    @Test
    void standings_haveALimit_thatWhatIsOverDoesNotCountFor() {
        UserId[] many = new UserId[RuleLimits.STANDINGS_PER_GROUP];
        for (int i = 0; i < many.length; i++) {
            many[i] = new UserId("user" + i);
        }
        team.accepted(team.stand(ALICE, Standing.Kind.INVITED, many));
        assertThat(team.refusal(team.stand(ALICE, Standing.Kind.INVITED, DAVE))).isEqualTo(Refusal.QUOTA);
        team.now += RuleLimits.PENDING_MILLIS;
        team.accepted(team.stand(ALICE, Standing.Kind.INVITED, DAVE));
        assertThat(team.state.group().standings().invited()).hasSize(1);
        for (UserId user : many) {
            team.accepted(team.stand(ALICE, Standing.Kind.BANNED, user));
        }
        assertThat(team.refusal(team.stand(ALICE, Standing.Kind.BANNED, new UserId("one-more"))))
                .isEqualTo(Refusal.QUOTA);
    }
}
