package dev.waggle.broker.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.broker.testkit.FakeClock;
import dev.waggle.push.http.HttpCall;
import dev.waggle.push.http.HttpReply;
import dev.waggle.push.webhook.WebhookSignature;
import dev.waggle.push.webhook.WebhookUrl;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.MessageProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HookTest {
    private static final UserId MALLORY = new UserId("mallory");

    private record Asked(HttpCall call, CompletableFuture<HttpReply> reply) {}

    private final List<Asked> asked = new ArrayList<>();
    private final List<Verdict> verdicts = new ArrayList<>();
    private final List<String> unanswered = new ArrayList<>();
    private final Hook hook = new Hook(
            WebhookUrl.parse("https://judge.example/").get(),
            new WebhookSignature(Bytes.utf8("s".repeat(32))),
            call -> {
                Asked one = new Asked(call, new CompletableFuture<>());
                asked.add(one);
                return one.reply();
            },
            Verdict.REFUSE,
            new FakeClock(),
            new Verdicts() {
                @Override
                public void given(Verdict verdict, Report.Cause by) {}

                @Override
                public void unanswered(String why) {
                    unanswered.add(why);
                }
            });

    private void ask(int times) {
        for (int i = 0; i < times; i++) {
            hook.ask(
                    new Command.SendMessage(
                            Actor.of(MALLORY, null),
                            ConversationId.direct(MALLORY, new UserId("bob")),
                            null,
                            Bytes.utf8("m" + i),
                            MessageProperties.NONE,
                            null,
                            1),
                    finding -> verdicts.add(finding.verdict()));
        }
    }

    private void answer(int question, HttpReply reply) {
        asked.get(question).reply().complete(reply);
    }

    private static HttpReply said(int status, String body) {
        return new HttpReply.Answer(status, null, Bytes.utf8(body));
    }

    @Test
    void question_isSigned_andTheAnswerCounts() {
        ask(1);
        HttpCall call = asked.get(0).call();
        assertThat(call.body().asUtf8())
                .isEqualTo("{\"user\":\"mallory\",\"conv\":\"d/bob\",\"kind\":\"message\",\"body\":\"m0\"}");
        assertThat(call.headers().get(WebhookSignature.HEADER)).matches("t=[0-9]+,v1=[0-9a-f]{64}");
        answer(0, said(200, "{\"verdict\":\"shadow\",\"why\":\"x\"}"));
        assertThat(verdicts).containsExactly(Verdict.SHADOW);
        assertThat(unanswered).isEmpty();
    }

    @Test
    void whatIsNoAnswer_isAFailure() {
        ask(6);
        answer(0, said(500, "{\"verdict\":\"allow\"}"));
        answer(1, said(200, "allow"));
        answer(2, said(200, "{\"verdict\":\"maybe\"}"));
        answer(3, new HttpReply.Silence("no answer in time", true));
        answer(4, new HttpReply.Silence("ConnectException", false));
        asked.get(5).reply().completeExceptionally(new IllegalStateException("a bug"));
        assertThat(verdicts).hasSize(6).containsOnly(Verdict.REFUSE);
        assertThat(unanswered).containsExactly("answer", "answer", "answer", "late", "silence", "silence");
    }

    @Test
    void beyondWhatIsUnderWay_questionsWait_andBeyondThatFail() {
        ask(Hook.MOST_UNDER_WAY + Hook.MOST_WAITING);
        assertThat(asked).hasSize(Hook.MOST_UNDER_WAY);
        assertThat(verdicts).isEmpty();
        ask(1);
        assertThat(verdicts).containsExactly(Verdict.REFUSE);
        assertThat(unanswered).containsExactly("full");
        for (int i = 0; i < Hook.MOST_UNDER_WAY + Hook.MOST_WAITING; i++) {
            answer(i, said(200, "{\"verdict\":\"allow\"}"));
        }
        assertThat(verdicts.stream().filter(Verdict.ALLOW::equals)).hasSize(Hook.MOST_UNDER_WAY + Hook.MOST_WAITING);
        ask(1);
        assertThat(asked).hasSize(Hook.MOST_UNDER_WAY + Hook.MOST_WAITING + 1);
    }
}
