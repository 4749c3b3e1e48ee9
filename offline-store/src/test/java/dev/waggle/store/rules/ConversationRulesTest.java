package dev.waggle.store.rules;

import static dev.waggle.store.rules.Talk.ALICE;
import static dev.waggle.store.rules.Talk.BOB;
import static dev.waggle.store.rules.Talk.CAROL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.Author;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Reply;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConversationRulesTest {
    private final Talk talk = new Talk(ConversationId.direct(ALICE, BOB));

    @Test
    void send_oneToOne_reachesBothWithTheNextSeq() {
        ConversationDecision.Accepted first = talk.accepted(talk.message(ALICE, null, "one"));
        ConversationDecision.Accepted second = talk.accepted(talk.message(BOB, null, "two"));

        assertThat(first.recipients()).containsExactly(ALICE, BOB);
        assertThat(first.revoked()).isEmpty();
        assertThat(first.reply()).isEqualTo(new Reply.Sent(1, talk.now));
        assertThat(second.reply()).isEqualTo(new Reply.Sent(2, talk.now));
    }

    @Test
    void send_toOneself_reachesOneInbox() {
        Talk notes = new Talk(ConversationId.direct(ALICE, ALICE));

        assertThat(notes.accepted(notes.message(ALICE, null, "milk")).recipients())
                .containsExactly(ALICE);
    }

    @Test
    void send_byAThird_isNotAllowed() {
        assertThat(talk.refusal(talk.message(CAROL, null, "hi"))).isEqualTo(Refusal.NOT_ALLOWED);
    }

    @Test
    void send_whenTheClockWentBack_keepsTheTimeOfTheLastEntry() {
        talk.accepted(talk.message(ALICE, null, "one"));
        long then = talk.now;
        talk.now -= 5_000;

        assertThat(talk.reply(talk.message(BOB, null, "two"), Reply.Sent.class).ts())
                .isEqualTo(then);
    }

    @Test
    void send_repeatedWithItsKey_getsTheFirstAnswerAndNoEntry() {
        Reply first = talk.accepted(talk.message(ALICE, "k", "one")).reply();
        talk.accepted(talk.message(BOB, null, "two"));
        talk.now += 1;

        ConversationDecision.Accepted again = talk.accepted(talk.message(ALICE, "k", "one"));

        assertThat(again.reply()).isEqualTo(first);
        assertThat(again.entry()).isNull();
        assertThat(again.recipients()).isEmpty();
        assertThat(talk.log).hasSize(2);
    }

    @Test
    void send_withAUsedKeyAndAnotherBody_isRefused() {
        talk.accepted(talk.message(ALICE, "k", "one"));

        assertThat(talk.refusal(talk.message(ALICE, "k", "other"))).isEqualTo(Refusal.ID_REUSED);
    }

    @Test
    void send_withTheKeyOfAnother_isNew() {
        talk.accepted(talk.message(ALICE, "k", "one"));
        Actor agent = new Actor(new Author(ALICE, new UserId("robot")), null, Actor.Role.SERVICE);

        assertThat(talk.reply(talk.message(BOB, "k", "one"), Reply.Sent.class).seq())
                .isEqualTo(2);
        assertThat(talk.reply(talk.message(agent, "k", "one"), Reply.Sent.class).seq())
                .isEqualTo(3);
        assertThat(talk.log.get(2).from().text()).isEqualTo("alice~robot");
    }

    @Test
    void send_whenTheKeyExpired_isNew() {
        talk.accepted(talk.message(ALICE, "k", "one"));
        talk.now += Duration.ofDays(7).toMillis() - 1;
        assertThat(talk.reply(talk.message(ALICE, "k", "one"), Reply.Sent.class).seq())
                .isEqualTo(1);
        talk.now += 1;

        assertThat(talk.reply(talk.message(ALICE, "k", "other"), Reply.Sent.class)
                        .seq())
                .isEqualTo(2);
    }

    @Test
    void send_carriesBodyPropertiesAndDevice() {
        Event.LogEntry entry = talk.accepted(talk.message(ALICE, null, "one")).entry();

        assertThat(entry)
                .isInstanceOfSatisfying(
                        Event.MessageStored.class,
                        message -> assertThat(message.body().asUtf8()).isEqualTo("one"));
    }

    @Test
    void send_sharesTheGroupWithTheStateBefore() {
        Talk team = Talk.group(ALICE, BOB);
        GroupState before = team.state.group();

        team.accepted(team.message(BOB, null, "hi"));

        assertThat(team.state.group()).isSameAs(before);
    }
}
