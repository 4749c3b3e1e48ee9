package dev.waggle.broker.http;

import dev.waggle.auth.Identity;
import dev.waggle.broker.inbound.MessageBounds;
import dev.waggle.broker.inbound.OverLimit;
import dev.waggle.broker.inbound.Rates;
import dev.waggle.broker.outbound.Traffic;
import dev.waggle.spec.call.MessageRequest;
import dev.waggle.spec.codec.MessagesJson;
import dev.waggle.spec.message.Answer;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import dev.waggle.store.ChatStore;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/messages} with a Bearer token: one message or a batch, each decided, limited and remembered as if it
 * had come over MQTT, each with its own answer. Messages are taken in their order; from the first one on that the rate or
 * a full store does not take, none is, so that who sends the rest again keeps the order.
 */
public final class MessagesRoute implements Route {
    /** Where it answers. */
    public static final String PATH = "/v1/messages";

    private static final Rejection OVERLOADED = Rejection.of(
            Refusal.UNAVAILABLE, "the server is overloaded: this message was not stored, send it again later");

    private final BearerTokens bearers;
    private final ChatStore store;
    private final MessageBounds bounds;
    private final Rates rates;
    private final Traffic traffic;
    private final InstantSource clock;

    public MessagesRoute(
            BearerTokens bearers,
            ChatStore store,
            MessageBounds bounds,
            Rates rates,
            Traffic traffic,
            InstantSource clock) {
        this.bearers = bearers;
        this.store = store;
        this.bounds = bounds;
        this.rates = rates;
        this.traffic = traffic;
        this.clock = clock;
    }

    @Override
    public void handle(HttpRequest request, Consumer<HttpAnswer> answer) {
        if (!request.path().equals(PATH)) {
            answer.accept(HttpAnswer.refused(Refusal.NOT_FOUND, "here is POST " + PATH));
        } else if (!request.method().equals("POST")) {
            answer.accept(HttpAnswer.methodNotAllowed("POST"));
        } else {
            bearers.require(request, answer, sender -> take(sender, request, answer));
        }
    }

    private void take(Identity sender, HttpRequest request, Consumer<HttpAnswer> answer) {
        Answer<MessagesJson.Batch> read = MessagesJson.read(request.body());
        if (read instanceof Answer.Given<MessagesJson.Batch> batch) {
            submit(sender, batch.value(), answer);
        } else {
            answer.accept(HttpAnswer.refused(((Answer.Refused<MessagesJson.Batch>) read).rejection()));
        }
    }

    private void submit(Identity sender, MessagesJson.Batch batch, Consumer<HttpAnswer> answer) {
        List<MessagesJson.Posted> messages = batch.messages();
        BatchAnswers answers = new BatchAnswers(batch, traffic, answer);
        Rejection closed = null;
        for (int i = 0; i < messages.size(); i++) {
            Answer<MessageRequest> posted = messages.get(i).request();
            if (posted instanceof Answer.Given<MessageRequest> given) {
                if (closed == null) {
                    closed = send(sender, given.value(), answers, i);
                }
                if (closed != null) {
                    answers.refused(i, closed);
                }
            } else {
                answers.refused(i, ((Answer.Refused<MessageRequest>) posted).rejection());
            }
        }
        answers.begun();
    }

    /** Why this message and all after it are not taken, or null: it has its answer, or will have it. */
    private @Nullable Rejection send(Identity sender, MessageRequest message, BatchAnswers answers, int index) {
        Rejection bad = bounds.refusal(message.body(), message.properties());
        if (bad != null) {
            answers.refused(index, bad);
            return null;
        }
        OverLimit over = rates.takeSend(sender);
        if (over != null) {
            return Rejection.of(Refusal.RATE_LIMITED, over.message());
        }
        Command.SendMessage command = new Command.SendMessage(
                sender.actor(),
                message.to().of(sender.user()),
                message.key(),
                message.body(),
                bounds.permitted(sender, message.properties()),
                null,
                clock.millis());
        return store.submit(answers, command, outcome -> answers.settled(index, outcome)) ? null : OVERLOADED;
    }
}
