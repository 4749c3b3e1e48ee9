package dev.waggle.store.rules;

import static dev.waggle.store.rules.Talk.ALICE;
import static dev.waggle.store.rules.Talk.BOB;
import static dev.waggle.store.rules.Talk.CAROL;
import static dev.waggle.store.rules.Talk.DAVE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.MemberRole;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupRulesTest {
    private final Talk team = Talk.group(ALICE, BOB, CAROL);

    @Test
    void create_makesTheCreatorOwnerAndTellsAll() {
        Talk fresh = new Talk(Talk.TEAM);
        ConversationDecision.Accepted created = fresh.accepted(fresh.create(BOB, ALICE, BOB, ALICE));

        assertThat(created.reply()).isEqualTo(new Reply.GroupCreated(Talk.TEAM.group(), 1));
        assertThat(created.recipients()).containsExactly(ALICE, BOB);
        assertThat(fresh.state.group().members())
                .containsExactly(
                        new Member(ALICE, MemberRole.MEMBER, fresh.now, 1),
                        new Member(BOB, MemberRole.OWNER, fresh.now, 1));
        assertThat(((Event.MembersChanged) fresh.log.get(0)).created()).isTrue();
    }

    @Test
    void create_ofAUsedId_exists_evenWhenEverybodyLeft() {
        assertThat(team.refusal(team.create(DAVE))).isEqualTo(Refusal.EXISTS);
        team.accepted(team.leave(ALICE, null));
        team.accepted(team.leave(BOB, null));
        ConversationDecision.Accepted last = team.accepted(team.leave(CAROL, null));

        assertThat(last.recipients()).containsExactly(CAROL);
        assertThat(last.revoked()).containsExactly(CAROL);
        assertThat(team.members()).isEmpty();
        assertThat(team.refusal(team.create(DAVE))).isEqualTo(Refusal.EXISTS);
        assertThat(team.refusal(team.message(CAROL, null, "anyone?"))).isEqualTo(Refusal.NOT_MEMBER);
    }

    @Test
    void create_aboveTheLimits_isRefused() {
        Talk small = new Talk(Talk.TEAM, new RuleLimits(2, 16, 10, 10, 1_000, false, false, 60, 60, 60, 60, 60));

        assertThat(small.refusal(small.create(ALICE, BOB, CAROL))).isEqualTo(Refusal.QUOTA);
        small.accepted(small.create(ALICE, BOB));
        assertThat(small.refusal(small.add(ALICE, null, CAROL))).isEqualTo(Refusal.QUOTA);
        assertThat(small.reply(small.add(ALICE, null, BOB), Reply.MembersAdded.class)
                        .added())
                .isEmpty();
    }

    @Test
    void anything_byAStranger_isAnsweredLikeAGroupThatIsNot() {
        Talk none = new Talk(Talk.TEAM);
        ConversationDecision stranger = team.decide(team.message(DAVE, null, "hi"));

        assertThat(stranger).isEqualTo(none.decide(none.message(DAVE, null, "hi")));
        assertThat(team.refusal(team.add(DAVE, null, DAVE))).isEqualTo(Refusal.NOT_MEMBER);
        assertThat(team.refusal(team.remove(DAVE, ALICE))).isEqualTo(Refusal.NOT_MEMBER);
        assertThat(team.refusal(team.leave(DAVE, null))).isEqualTo(Refusal.NOT_MEMBER);
    }

    @Test
    void add_listsOnlyWhoIsNew_andTellsAllOfThem() {
        ConversationDecision.Accepted added = team.accepted(team.add(ALICE, null, DAVE, BOB, DAVE));

        assertThat(added.reply()).isEqualTo(new Reply.MembersAdded(List.of(DAVE), 2));
        assertThat(added.recipients()).containsExactly(ALICE, BOB, CAROL, DAVE);
        assertThat(team.state.group().member(DAVE)).isEqualTo(new Member(DAVE, MemberRole.MEMBER, team.now, 2));
    }

    @Test
    void add_ofNobodyNew_isAnsweredWithTheLastSeqAndNoEvent() {
        team.accepted(team.message(BOB, null, "hi"));

        ConversationDecision.Accepted added = team.accepted(team.add(ALICE, "k", BOB));

        assertThat(added.entry()).isNull();
        assertThat(added.reply()).isEqualTo(new Reply.MembersAdded(List.of(), 2));
        team.accepted(team.remove(ALICE, BOB));
        assertThat(team.accepted(team.add(ALICE, "k", BOB)).reply()).isEqualTo(added.reply());
    }

    @Test
    void addAndRemove_byAMember_areNotAllowed() {
        assertThat(team.refusal(team.add(BOB, null, DAVE))).isEqualTo(Refusal.NOT_ALLOWED);
        assertThat(team.refusal(team.remove(BOB, CAROL))).isEqualTo(Refusal.NOT_ALLOWED);
    }

    @Test
    void remove_revokesWhoIsGoneAndTellsThemToo() {
        ConversationDecision.Accepted removed = team.accepted(team.remove(ALICE, CAROL, DAVE, CAROL));

        assertThat(removed.recipients()).containsExactly(ALICE, BOB, CAROL);
        assertThat(removed.revoked()).containsExactly(CAROL);
        assertThat(((Event.MembersChanged) team.log.get(1)).removed()).containsExactly(CAROL);
        assertThat(team.members()).containsExactly(ALICE, BOB);
        assertThat(team.refusal(team.message(CAROL, null, "hi"))).isEqualTo(Refusal.NOT_MEMBER);
        assertThat(team.accepted(team.remove(ALICE, CAROL)).entry()).isNull();
    }

    @Test
    void remove_ofOneThatMayNotBeRemoved_removesNobody() {
        assertThat(team.refusal(team.remove(ALICE, BOB, ALICE))).isEqualTo(Refusal.NOT_ALLOWED);
        team.accepted(team.add(ALICE, null, DAVE));
        team.accepted(team.role(ALICE, BOB, MemberRole.ADMIN));
        team.accepted(team.role(ALICE, DAVE, MemberRole.ADMIN));

        assertThat(team.refusal(team.remove(BOB, DAVE))).isEqualTo(Refusal.NOT_ALLOWED);
        assertThat(team.refusal(team.remove(BOB, ALICE))).isEqualTo(Refusal.NOT_ALLOWED);
        assertThat(team.accepted(team.remove(BOB, CAROL)).revoked()).containsExactly(CAROL);
        assertThat(team.accepted(team.remove(ALICE, DAVE)).revoked()).containsExactly(DAVE);
    }

    @Test
    void leave_ofTheLastOwner_makesTheLongestStandingAdminOwner() {
        team.accepted(team.role(ALICE, CAROL, MemberRole.ADMIN));

        team.accepted(team.leave(ALICE, null));

        assertThat(team.state.group().member(CAROL).role()).isEqualTo(MemberRole.OWNER);
        assertThat(team.state.group().member(CAROL).firstSeq()).isEqualTo(1);
        assertThat(team.state.group().member(BOB).role()).isEqualTo(MemberRole.MEMBER);
    }

    @Test
    void leave_ofTheLastOwner_withoutAdmins_makesTheLongestStandingMemberOwner() {
        team.accepted(team.remove(ALICE, BOB));
        team.accepted(team.add(ALICE, null, BOB));

        team.accepted(team.leave(ALICE, null));

        assertThat(team.state.group().member(CAROL).role()).isEqualTo(MemberRole.OWNER);
        assertThat(((Event.MembersChanged) team.log.get(3)).left()).isEqualTo(ALICE);
    }

    @Test
    void leave_whileAnotherOwnerStays_changesNoRole() {
        team.accepted(team.role(ALICE, BOB, MemberRole.OWNER));

        team.accepted(team.leave(ALICE, null));

        assertThat(((Event.MembersChanged) team.log.get(2)).added()).isEmpty();
    }

    @Test
    void leave_repeatedWithItsKey_getsTheFirstAnswer() {
        Reply first = team.accepted(team.leave(BOB, "k")).reply();

        assertThat(team.accepted(team.leave(BOB, "k")).reply()).isEqualTo(first);
        assertThat(team.refusal(team.leave(BOB, null))).isEqualTo(Refusal.NOT_MEMBER);
    }

    @Test
    void call_withTheKeyOfAMessage_isAnotherKeySpace() {
        team.accepted(team.message(ALICE, "k", "hi"));

        assertThat(team.reply(team.add(ALICE, "k", DAVE), Reply.MembersAdded.class)
                        .seq())
                .isEqualTo(3);
        assertThat(team.refusal(team.add(ALICE, "k", new UserId("erin")))).isEqualTo(Refusal.ID_REUSED);
    }

    @Test
    void send_inAGroupOfAThousand_reachesEachOnce() {
        UserId[] many = new UserId[999];
        for (int i = 0; i < many.length; i++) {
            many[i] = new UserId("user" + i);
        }
        Talk big = Talk.group(ALICE, many);

        assertThat(big.accepted(big.message(many[500], null, "hi")).recipients())
                .hasSize(1_000)
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(big.refusal(big.add(ALICE, null, BOB))).isEqualTo(Refusal.QUOTA);
    }
}
