package dev.waggle.store.rules;

import static dev.waggle.store.rules.Talk.ALICE;
import static dev.waggle.store.rules.Talk.BOB;
import static dev.waggle.store.rules.Talk.CAROL;
import static dev.waggle.store.rules.Talk.DAVE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.Author;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Reply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErasureRulesTest {
    private static final long WINDOW = Duration.ofHours(24).toMillis();

    private final Talk direct = new Talk(ConversationId.direct(ALICE, BOB));

    @Test
    void edit_byItsAuthor_replacesTheBodyAndTellsAll() {
        direct.accepted(direct.message(ALICE, null, "helo"));
        ConversationDecision.Accepted edited = direct.accepted(edit(direct, ALICE, 1, "hello"));

        assertThat(edited.recipients()).containsExactly(ALICE, BOB);
        assertThat(edited.reply()).isEqualTo(new Reply.Edited(2, direct.now));
        Event.MessageStored now = (Event.MessageStored) direct.log.get(0);
        assertThat(now.body()).isEqualTo(Bytes.utf8("hello"));
        assertThat(now.edit()).isEqualTo(new Event.Edit(2, direct.now));
        assertThat(((Event.MessageEdited) direct.log.get(1)).target()).isEqualTo(1);
    }

    @Test
    void edit_again_leavesNothingOfTheFirstEdit() {
        direct.accepted(direct.message(ALICE, null, "one"));
        direct.accepted(edit(direct, ALICE, 1, "two"));
        direct.accepted(edit(direct, ALICE, 1, "three"));

        assertThat(direct.log.get(1)).isInstanceOf(Event.MessageErased.class);
        assertThat(((Event.MessageErased) direct.log.get(1)).edit()).isTrue();
        assertThat(((Event.MessageEdited) direct.log.get(2)).body()).isEqualTo(Bytes.utf8("three"));
    }

    @Test
    void edit_ofWhatIsNotThere_isNotFound() {
        Talk team = Talk.group(ALICE, BOB);
        team.accepted(team.message(BOB, null, "gone"));
        team.accepted(delete(team, BOB, 2, 2));

        assertThat(team.refusal(edit(team, BOB, 1, "x"))).isEqualTo(Refusal.NOT_FOUND);
        assertThat(team.refusal(edit(team, BOB, 2, "x"))).isEqualTo(Refusal.NOT_FOUND);
        assertThat(team.refusal(edit(team, BOB, 3, "x"))).isEqualTo(Refusal.NOT_FOUND);
        assertThat(team.refusal(edit(team, BOB, 99, "x"))).isEqualTo(Refusal.NOT_FOUND);
        assertThat(team.refusal(edit(team, CAROL, 2, "x"))).isEqualTo(Refusal.NOT_MEMBER);
    }

    @Test
    void edit_ofAnotherOrTooLate_isNotAllowed() {
        direct.accepted(direct.message(ALICE, null, "mine"));

        assertThat(direct.refusal(edit(direct, BOB, 1, "x"))).isEqualTo(Refusal.NOT_ALLOWED);
        assertThat(direct.refusal(edit(direct, actor(BOB, Actor.Role.ADMIN), 1, "x")))
                .isEqualTo(Refusal.NOT_ALLOWED);
        direct.now += WINDOW;
        direct.accepted(edit(direct, ALICE, 1, "just in time"));
        direct.now += 1;
        assertThat(direct.refusal(edit(direct, ALICE, 1, "late"))).isEqualTo(Refusal.NOT_ALLOWED);
    }

    @Test
    void edit_byWhoIsMuted_isRefusedAsWritingIs_deletingIsNot() {
        Talk team = Talk.group(ALICE, BOB);
        team.accepted(team.message(BOB, null, "two"));
        team.accepted(team.mute(ALICE, BOB, 60));

        assertThat(team.refusal(edit(team, BOB, 2, "more words"))).isEqualTo(Refusal.NOT_ALLOWED);
        team.accepted(delete(team, BOB, 2, 2));
    }

    @Test
    void edit_ofAnExpiringMessage_expiresWithIt() {
        direct.accepted(new Command.SendMessage(
                Actor.of(ALICE, null),
                direct.state.id(),
                null,
                Bytes.utf8("soon gone"),
                new MessageProperties("text/plain", true, 10, List.of()),
                null,
                direct.now));
        long end = direct.now + 10_000;
        direct.now += 5_000;
        direct.accepted(edit(direct, ALICE, 1, "x"));

        assertThat(((Event.MessageEdited) direct.log.get(1)).expiresAt()).isEqualTo(end);
        assertThat(((Event.MessageStored) direct.log.get(0)).properties().contentType())
                .isEqualTo("text/plain");
        direct.now = end;
        assertThat(direct.refusal(edit(direct, ALICE, 1, "x"))).isEqualTo(Refusal.NOT_FOUND);
    }

    @Test
    void delete_manyMessages_isOneEvent_andLeavesNoBody() {
        Talk team = Talk.group(ALICE, BOB);
        team.accepted(team.message(BOB, null, "two"));
        team.accepted(team.message(BOB, null, "three"));
        team.accepted(edit(team, BOB, 2, "edited"));
        team.accepted(team.message(BOB, null, "five"));
        ConversationDecision.Accepted deleted = team.accepted(delete(team, BOB, 1, 1_000));

        assertThat(deleted.reply()).isEqualTo(new Reply.Deleted(3, 6));
        assertThat(((Event.MessagesDeleted) team.log.get(5)).seqs().each()).containsExactly(2L, 3L, 5L);
        assertThat(team.log.subList(1, 5)).hasOnlyElementsOfType(Event.MessageErased.class);
        assertThat(team.log.get(0)).isInstanceOf(Event.MembersChanged.class);
    }

    @Test
    void delete_again_changesNothing() {
        direct.accepted(direct.message(ALICE, null, "one"));
        direct.accepted(delete(direct, ALICE, 1, 1));
        ConversationDecision.Accepted again = direct.accepted(delete(direct, ALICE, 1, 9));

        assertThat(again.entry()).isNull();
        assertThat(again.reply()).isEqualTo(new Reply.Deleted(0, 2));
    }

    @Test
    void delete_allOrNothing_byTheAuthorInTime() {
        direct.accepted(direct.message(ALICE, null, "mine"));
        direct.accepted(direct.message(BOB, null, "yours"));

        assertThat(direct.refusal(delete(direct, ALICE, 1, 2))).isEqualTo(Refusal.NOT_ALLOWED);
        direct.now += WINDOW + 1;
        assertThat(direct.refusal(delete(direct, ALICE, 1, 1))).isEqualTo(Refusal.NOT_ALLOWED);
        assertThat(direct.accepted(delete(direct, actor(ALICE, Actor.Role.MODERATOR), 1, 2))
                        .reply())
                .isEqualTo(new Reply.Deleted(2, 3));
    }

    @Test
    void delete_ofOthersInAGroup_isForOwnersAdminsAndModerators() {
        Talk team = Talk.group(ALICE, BOB, CAROL);
        team.accepted(team.message(BOB, null, "two"));
        team.accepted(team.message(BOB, null, "three"));
        team.now += 2 * WINDOW;

        assertThat(team.refusal(delete(team, CAROL, 2, 2))).isEqualTo(Refusal.NOT_ALLOWED);
        team.accepted(delete(team, ALICE, 2, 2));
        team.accepted(delete(team, actor(CAROL, Actor.Role.MODERATOR), 3, 3));
        assertThat(team.refusal(delete(team, actor(DAVE, Actor.Role.ADMIN), 2, 3)))
                .isEqualTo(Refusal.NOT_MEMBER);
    }

    @Test
    void agent_touchesWhatItWroteItself_theUserBoth() {
        Actor agent = new Actor(new Author(ALICE, new UserId("billing")), null, Actor.Role.SERVICE);
        direct.accepted(direct.message(ALICE, null, "by hand"));
        direct.accepted(direct.message(agent, null, "by the agent"));

        assertThat(direct.refusal(edit(direct, agent, 1, "x"))).isEqualTo(Refusal.NOT_ALLOWED);
        direct.accepted(edit(direct, agent, 2, "x"));
        direct.accepted(delete(direct, ALICE, 1, 2));
    }

    @Test
    void key_ofACall_givesItsFirstAnswer_andOfAnotherIsRefused() {
        direct.accepted(direct.message(ALICE, null, "one"));
        Command.DeleteMessages delete = new Command.DeleteMessages(
                Actor.of(ALICE, null), direct.state.id(), SeqRanges.of(1, 1), Talk.key("k"), direct.now);
        Reply first = direct.accepted(delete).reply();

        assertThat(direct.accepted(delete).reply()).isEqualTo(first);
        assertThat(direct.refusal(new Command.DeleteMessages(
                        Actor.of(ALICE, null), direct.state.id(), SeqRanges.of(1, 2), Talk.key("k"), direct.now)))
                .isEqualTo(Refusal.ID_REUSED);
        assertThat(direct.refusal(new Command.EditMessage(
                        Actor.of(ALICE, null), direct.state.id(), 1, Bytes.utf8("x"), Talk.key("k"), direct.now)))
                .isEqualTo(Refusal.ID_REUSED);
    }

    private static Actor actor(UserId user, Actor.Role role) {
        return new Actor(Author.of(user), null, role);
    }

    private static Command.EditMessage edit(Talk talk, UserId by, long seq, String body) {
        return edit(talk, Actor.of(by, null), seq, body);
    }

    private static Command.EditMessage edit(Talk talk, Actor by, long seq, String body) {
        return new Command.EditMessage(by, talk.state.id(), seq, Bytes.utf8(body), null, talk.now);
    }

    private static Command.DeleteMessages delete(Talk talk, UserId by, long from, long to) {
        return delete(talk, Actor.of(by, null), from, to);
    }

    private static Command.DeleteMessages delete(Talk talk, Actor by, long from, long to) {
        return new Command.DeleteMessages(by, talk.state.id(), SeqRanges.of(from, to), null, talk.now);
    }
}
