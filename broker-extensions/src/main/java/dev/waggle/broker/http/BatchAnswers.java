package dev.waggle.broker.http;

import dev.waggle.broker.outbound.Traffic;
import dev.waggle.spec.codec.MessagesJson;
import dev.waggle.spec.message.Answer;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import dev.waggle.spec.message.Reply;
import dev.waggle.store.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/**
 * The answers to one batch of messages, collected until there is one for each; then the request has its answer. Answers
 * come on any thread.
 */
final class BatchAnswers {
    private static final Rejection FAILED =
            Rejection.of(Refusal.FAILED, "it may or may not be stored; send it again with the same id, if it had one");

    private final MessagesJson.Batch batch;
    private final Traffic traffic;
    private final Consumer<HttpAnswer> answer;
    private final AtomicReferenceArray<Answer<Reply.Sent>> given;
    /** Answers that are owed, and one more until all messages were handed on. */
    private final AtomicInteger owed;

    BatchAnswers(MessagesJson.Batch batch, Traffic traffic, Consumer<HttpAnswer> answer) {
        int size = batch.messages().size();
        this.batch = batch;
        this.traffic = traffic;
        this.answer = answer;
        this.given = new AtomicReferenceArray<>(size);
        this.owed = new AtomicInteger(size + 1);
    }

    void refused(int index, Rejection rejection) {
        traffic.answered(rejection.refusal());
        give(index, Answer.refused(rejection));
    }

    /** The store has decided. */
    void settled(int index, Outcome outcome) {
        if (outcome instanceof Outcome.Accepted accepted && accepted.reply() instanceof Reply.Sent sent) {
            traffic.answered(null);
            give(index, Answer.of(sent));
        } else if (outcome instanceof Outcome.Rejected rejected) {
            refused(index, rejected.rejection());
        } else {
            refused(index, FAILED);
        }
    }

    /** Every message was handed on or refused. */
    void begun() {
        oneLess();
    }

    private void give(int index, Answer<Reply.Sent> one) {
        given.set(index, one);
        oneLess();
    }

    private void oneLess() {
        if (owed.decrementAndGet() > 0) {
            return;
        }
        List<MessagesJson.Told> told = new ArrayList<>(given.length());
        for (int i = 0; i < given.length(); i++) {
            told.add(new MessagesJson.Told(batch.messages().get(i).id(), given.get(i)));
        }
        answer.accept(HttpAnswer.json(200, MessagesJson.write(batch.single(), told)));
    }
}
