package dev.waggle.broker.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.broker.moderation.Report.Cause;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.GroupPatch;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.MessageProperties.UserProperty;
import dev.waggle.spec.message.Reply;
import dev.waggle.store.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What besides bodies is looked at, and what becomes of it. */
class WordingTest {
    private static final Actor ALICE = Actor.of(new UserId("alice"), null);
    private static final ConversationId.Group TEAM = new ConversationId.Group(new GroupId("team"));

    private final List<String> flagged = new ArrayList<>();

    private Screening screening(Verdict verdict) {
        TextRules rules = new TextRules(WordSet.of(List.of("casino")).get(), verdict, HostRule.NONE, Verdict.ALLOW);
        return new Screening(
                new Screening.Terms(Set.of(Actor.Role.USER), rules, Screening.Reach.ALL, false),
                Judge.NOBODY,
                (cause, found, message) -> flagged.add(
                        cause + " " + message.seq() + " " + message.body().asUtf8()),
                Verdicts.UNCOUNTED);
    }

    private Screened screened(Verdict verdict, Command.OfConversation command) {
        Screened screened = screening(verdict).screen(command, later -> {});
        assertThat(screened).as("nobody is asked").isNotNull();
        return screened;
    }

    private static Command.SendMessage message(String contentType, UserProperty... properties) {
        return new Command.SendMessage(
                ALICE,
                TEAM,
                null,
                Bytes.utf8("hello"),
                new MessageProperties(contentType, false, 0, List.of(properties)),
                null,
                0);
    }

    private static Command.UpdateGroup named(String name) {
        return new Command.UpdateGroup(ALICE, TEAM, GroupPatch.named(name), null, 0);
    }

    @Test
    void contentTypeAndProperties_areLookedAt_butNotWhoIsMentioned() {
        UserProperty title = new UserProperty("title", "the Casino");
        UserProperty mention = new UserProperty(MessageProperties.MENTION, "casino");

        assertThat(screened(Verdict.REFUSE, message("casino")).rejection()).isNotNull();
        assertThat(screened(Verdict.REFUSE, message(null, title)).rejection()).isNotNull();
        assertThat(screened(Verdict.REFUSE, message("text/plain", mention)).rejection())
                .isNull();
    }

    @Test
    void nameOfAGroup_cannotBeForItsAuthorAlone_soItIsRefused() {
        assertThat(screened(Verdict.SHADOW, named("casino")).rejection()).isNotNull();
        Screened message = screened(Verdict.SHADOW, message("casino"));
        assertThat(message.rejection()).isNull();
        assertThat(((Command.SendMessage) message.command()).shadow()).isTrue();
    }

    @Test
    void nameOfAGroup_thatIsFlagged_isReportedWhenItIsStored() {
        Screening screening = screening(Verdict.FLAG);
        Screened screened = screening.screen(named("Casino"), later -> {});
        assertThat(screened).isNotNull();
        assertThat(screened.rejection()).isNull();
        screening.settled(screened, new Outcome.Accepted(new Reply.GroupChanged(7)));

        assertThat(flagged).containsExactly(Cause.WORD + " 7 Casino");
    }
}
