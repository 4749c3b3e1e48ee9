package dev.waggle.broker.moderation;

import dev.waggle.push.http.HttpCall;
import dev.waggle.push.http.HttpReply;
import dev.waggle.push.http.HttpSender;
import dev.waggle.push.webhook.WebhookSignature;
import dev.waggle.push.webhook.WebhookUrl;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.codec.HookJson;
import dev.waggle.spec.message.Command;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a program of the operator, signed like its pushes. So many questions are under way at a time, so many more wait; one
 * beyond that, one that is not answered in time, and one whose answer cannot be read gets the verdict for failures.
 */
public final class Hook implements Judge {
    private static final Logger LOG = LoggerFactory.getLogger(Hook.class);

    /** A program that answers within 50 ms judges 640 messages a second. */
    static final int MOST_UNDER_WAY = 32;

    /** Bodies of 64 KiB each: 64 MiB at worst, and seconds of waiting. */
    static final int MOST_WAITING = 1_024;

    private static final int OK = 200;

    private final WebhookUrl url;
    private final WebhookSignature signature;
    private final HttpSender sender;
    private final Finding failure;
    private final InstantSource clock;
    private final Verdicts verdicts;
    private final ArrayDeque<Question> waiting = new ArrayDeque<>();
    private int underWay;

    private record Question(Command.OfConversation command, Consumer<Finding> then) {}

    /**
     * @param sender with the time limit of one question
     * @param onFailure what a message gets that nobody has judged
     */
    public Hook(
            WebhookUrl url,
            WebhookSignature signature,
            HttpSender sender,
            Verdict onFailure,
            InstantSource clock,
            Verdicts verdicts) {
        this.url = url;
        this.signature = signature;
        this.sender = sender;
        this.failure = new Finding(onFailure, Report.Cause.HOOK, "not judged");
        this.clock = clock;
        this.verdicts = verdicts;
    }

    @Override
    public void ask(Command.OfConversation command, Consumer<Finding> then) {
        Question question = new Question(command, then);
        boolean full = false;
        synchronized (this) {
            if (underWay < MOST_UNDER_WAY) {
                underWay++;
            } else if (waiting.size() < MOST_WAITING) {
                waiting.add(question);
                return;
            } else {
                full = true;
            }
        }
        if (full) {
            verdicts.unanswered("full");
            then.accept(failure);
        } else {
            send(question);
        }
    }

    private void send(Question question) {
        Bytes body = HookJson.question(question.command());
        Map<String, String> headers = Map.of(
                "Content-Type", "application/json", WebhookSignature.HEADER, signature.of(body, clock.instant()));
        sender.post(new HttpCall(url.address(), headers, body)).whenComplete((reply, bug) -> {
            Finding finding = failure;
            try {
                finding = bug == null ? read(reply) : unanswered("silence", bug.toString());
            } finally {
                next();
                question.then().accept(finding);
            }
        });
    }

    private void next() {
        Question question;
        synchronized (this) {
            question = waiting.poll();
            underWay -= question == null ? 1 : 0;
        }
        if (question != null) {
            send(question);
        }
    }

    private Finding read(HttpReply reply) {
        return reply.fold(
                this::read,
                silence -> unanswered(silence.late() ? "late" : "silence", silence.reason()),
                refused -> unanswered("silence", refused.reason()));
    }

    private Finding read(HttpReply.Answer answer) {
        if (answer.status() != OK) {
            return unanswered("answer", "status " + answer.status());
        }
        Optional<Verdict> verdict = HookJson.verdict(answer.body()).fold(Verdict::of, reason -> Optional.empty());
        return verdict.map(one -> new Finding(one, Report.Cause.HOOK, "the hook said " + one.code()))
                .orElseGet(() -> unanswered("answer", "a verdict is one of allow, flag, shadow, refuse"));
    }

    private Finding unanswered(String why, String reason) {
        verdicts.unanswered(why);
        LOG.debug("{} has not judged a message: {}", url, reason);
        return failure;
    }
}
