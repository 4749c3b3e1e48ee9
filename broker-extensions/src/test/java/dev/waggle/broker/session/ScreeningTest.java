package dev.waggle.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.broker.gateway.Acknowledgement;
import dev.waggle.broker.moderation.Finding;
import dev.waggle.broker.moderation.HostRule;
import dev.waggle.broker.moderation.Report.Cause;
import dev.waggle.broker.moderation.Screening;
import dev.waggle.broker.moderation.Screening.Reach;
import dev.waggle.broker.moderation.TextRules;
import dev.waggle.broker.moderation.Verdict;
import dev.waggle.broker.moderation.Verdicts;
import dev.waggle.broker.moderation.WordSet;
import dev.waggle.broker.testkit.People;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Messages that somebody looks at first keep their order, and each has one answer. */
class ScreeningTest {
    private static final TextRules RULES =
            new TextRules(WordSet.of(List.of("casino")).get(), Verdict.REFUSE, HostRule.NONE, Verdict.ALLOW);

    private final List<Consumer<Finding>> questions = new ArrayList<>();
    private final List<String> flagged = new ArrayList<>();

    private OneClient client(Reach reach) {
        Screening.Terms terms = new Screening.Terms(Set.of(Actor.Role.USER), RULES, reach, true);
        return OneClient.here(
                People.mqtt5("alice", "phone"),
                new Screening(
                        terms,
                        (command, then) -> questions.add(then),
                        (cause, found, message) -> flagged.add(message.seq() + " " + found),
                        Verdicts.UNCOUNTED));
    }

    private static Finding said(Verdict verdict) {
        return new Finding(verdict, Cause.HOOK, "hook");
    }

    private static List<String> bodies(OneClient client) {
        return client.store.submissions.stream()
                .map(one -> ((Command.SendMessage) one.command()).body().asUtf8())
                .toList();
    }

    private void answer(OneClient client, int question, Verdict verdict) {
        questions.get(question).accept(said(verdict));
        client.run();
    }

    @Test
    void answersOutOfOrder_leaveTheOrderOfTheMessages() {
        OneClient client = client(Reach.ALL);
        for (int i = 1; i <= 3; i++) {
            client.publish("u/alice/out/d/bob", "m" + i, 1, i);
        }
        assertThat(questions).hasSize(3);
        answer(client, 1, Verdict.ALLOW);
        answer(client, 2, Verdict.SHADOW);
        assertThat(client.store.submissions).isEmpty();
        answer(client, 0, Verdict.FLAG);

        assertThat(bodies(client)).containsExactly("m1", "m2", "m3");
        assertThat(client.store.submissions)
                .extracting(one -> ((Command.SendMessage) one.command()).shadow())
                .containsExactly(false, false, true);
        for (int seq = 7; seq <= 9; seq++) {
            client.store.next().sent(seq);
        }
        client.run();
        assertThat(client.connection.acknowledgements)
                .extracting(Acknowledgement::reasonCode)
                .containsExactly(0, 0, 0);
        assertThat(flagged).containsExactly("7 hook");
    }

    @Test
    void refusedMessage_isAnsweredInItsTurn_andNeverStored() {
        OneClient client = client(Reach.ALL);
        client.publish("u/alice/out/d/bob", "m1", 1, 1);
        client.publish("u/alice/out/d/bob", "the Cas\u200bino", 1, 2);
        assertThat(questions).hasSize(1);
        assertThat(client.connection.acknowledgements).isEmpty();
        answer(client, 0, Verdict.REFUSE);

        assertThat(client.store.submissions).isEmpty();
        assertThat(client.connection.acknowledgements)
                .extracting(Acknowledgement::reasonCode)
                .containsExactly(0x83, 0x83);
        assertThat(client.connection.acknowledgements)
                .allSatisfy(one -> assertThat(one.reason()).doesNotContain("casino", "hook"));
    }

    @Test
    void whatTheHookIsNotAskedAbout_isStoredAtOnce() {
        OneClient client = client(Reach.GROUPS);
        client.publish("u/alice/out/d/bob", "m1", 1, 1);
        client.publish("u/alice/out/g/team", "m2", 1, 2);

        assertThat(questions).hasSize(1);
        assertThat(bodies(client)).containsExactly("m1");
    }
}
