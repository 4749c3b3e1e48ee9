package dev.waggle.store.rules;

import static dev.waggle.store.rules.Talk.ALICE;
import static dev.waggle.store.rules.Talk.BOB;
import static dev.waggle.store.rules.Talk.CAROL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.GroupPatch;
import dev.waggle.spec.message.GroupRight;
import dev.waggle.spec.message.HistoryPolicy;
import dev.waggle.spec.message.JoinPolicy;
import dev.waggle.spec.message.MemberRole;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Standing;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every cell of the table of rights, tried with every command that it stands for. */
class GroupRightsTest {
    private static final UserId ACTOR = new UserId("actor");
    private static final UserId STRANGER = new UserId("stranger");
    private static final UserId ASKS = new UserId("asks");
    private static final UserId OUT = new UserId("out");

    @ParameterizedTest
    @EnumSource
    void eachRight_isGivenToItsRolesAndToNoOther(GroupRight right) {
        for (MemberRole role : MemberRole.values()) {
            int commands = commands(group(role), right).size();
            for (int i = 0; i < commands; i++) {
                Talk talk = group(role);
                Command.OfConversation command = commands(talk, right).get(i);
                String where = role + " " + command;
                if (right.has(role)) {
                    assertThat(talk.accepted(command).entry()).as(where).isNotNull();
                } else {
                    assertThat(talk.refusal(command)).as(where).isEqualTo(Refusal.NOT_ALLOWED);
                }
            }
        }
    }

    /** Alice owns it; actor has the role; bob is an admin, carol a member, guest a guest; somebody is invited, asks, is banned. */
    private static Talk group(MemberRole role) {
        Talk talk = Talk.group(ALICE, ACTOR, BOB, CAROL, new UserId("guest"));
        talk.accepted(talk.message(ACTOR, null, "seq 2"));
        talk.accepted(talk.message(CAROL, null, "seq 3"));
        talk.accepted(talk.update(ALICE, JoinPolicy.APPROVAL));
        talk.accepted(talk.role(ALICE, BOB, MemberRole.ADMIN));
        talk.accepted(talk.role(ALICE, new UserId("guest"), MemberRole.GUEST));
        talk.accepted(talk.stand(ASKS, Standing.Kind.REQUESTED));
        talk.accepted(talk.stand(ALICE, Standing.Kind.BANNED, OUT));
        if (role != MemberRole.MEMBER) {
            talk.accepted(talk.role(ALICE, ACTOR, role));
        }
        return talk;
    }

    /** Reading is no command: the queries ask whether one is a member, and {@code ReadsContract} tries that. */
    private static List<Command.OfConversation> commands(Talk talk, GroupRight right) {
        return switch (right) {
            case READ -> List.of();
            case SEND ->
                List.of(
                        talk.message(ACTOR, null, "hi"),
                        new Command.EditMessage(
                                Actor.of(ACTOR, null), Talk.TEAM, 2, Bytes.utf8("new"), null, talk.now));
            case ERASE ->
                List.of(new Command.DeleteMessages(
                        Actor.of(ACTOR, null), Talk.TEAM, SeqRanges.of(3, 3), null, talk.now));
            case LEAVE -> List.of(talk.leave(ACTOR, null));
            case ADD ->
                List.of(
                        talk.add(ACTOR, null, STRANGER),
                        talk.add(ACTOR, null, ASKS),
                        talk.stand(ACTOR, Standing.Kind.REFUSED, ASKS));
            case INVITE -> List.of(talk.stand(ACTOR, Standing.Kind.INVITED, STRANGER));
            case BAR ->
                List.of(
                        talk.stand(ACTOR, Standing.Kind.BANNED, STRANGER),
                        talk.stand(ACTOR, Standing.Kind.UNBANNED, OUT));
            case SUPERVISE_GUEST -> against(talk, new UserId("guest"));
            case SUPERVISE_MEMBER -> against(talk, CAROL);
            case SUPERVISE_ADMIN -> against(talk, BOB);
            case SUPERVISE_OWNER -> against(talk, ALICE);
            case DESCRIBE ->
                List.of(
                        talk.update(ACTOR, GroupPatch.named("new")),
                        talk.update(ACTOR, new GroupPatch(null, "new", null, null, null)),
                        talk.update(ACTOR, new GroupPatch(null, null, "new", null, null)));
            case ADMIT ->
                List.of(
                        talk.update(ACTOR, JoinPolicy.OPEN),
                        talk.update(ACTOR, new GroupPatch(null, null, null, null, HistoryPolicy.ALL)));
            case SEAT ->
                List.of(
                        talk.role(ACTOR, CAROL, MemberRole.GUEST),
                        talk.role(ACTOR, new UserId("guest"), MemberRole.MEMBER));
            case RANK ->
                List.of(
                        talk.role(ACTOR, CAROL, MemberRole.ADMIN),
                        talk.role(ACTOR, CAROL, MemberRole.OWNER),
                        talk.role(ACTOR, BOB, MemberRole.MEMBER));
            case DISSOLVE -> List.of(talk.stand(ACTOR, Standing.Kind.DISSOLVED));
        };
    }

    private static List<Command.OfConversation> against(Talk talk, UserId target) {
        return List.of(
                talk.remove(ACTOR, target),
                talk.stand(ACTOR, Standing.Kind.BANNED, target),
                talk.mute(ACTOR, target, 60));
    }
}
