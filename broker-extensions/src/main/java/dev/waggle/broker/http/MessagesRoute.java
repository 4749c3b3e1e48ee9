package dev.waggle.broker.http;

import dev.waggle.auth.Identity;
import dev.waggle.broker.inbound.MessageBounds;
import dev.waggle.broker.inbound.OverLimit;
import dev.waggle.broker.inbound.Rates;
import dev.waggle.broker.moderation.Screened;
import dev.waggle.broker.moderation.Screening;
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
    private final Screening screening;
    private final InstantSource clock;

    public MessagesRoute(
            BearerTokens bearers,
            ChatStore store,
            MessageBounds bounds,
            Rates rates,
            Traffic traffic,
            Screening screening,
            InstantSource clock) {
        this.screening = screening;
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
        submit(sender, batch, new BatchAnswers(batch, traffic, answer), 0, null);
    }

    /**
     * Goes on with a batch. Whoever looks at a message may need a while: then it goes on when that is over.
     *
     * @param closed why no more is taken, or null
     */
    private void submit(
            Identity sender, MessagesJson.Batch batch, BatchAnswers answers, int from, @Nullable Rejection closed) {
        List<MessagesJson.Posted> messages = batch.messages();
        Rejection shut = closed;
        for (int i = from; i < messages.size(); i++) {
            int index = i;
            Answer<MessageRequest> posted = messages.get(i).request();
            if (posted instanceof Answer.Refused<MessageRequest> bad) {
                answers.refused(i, bad.rejection());
                continue;
            }
            MessageRequest message = ((Answer.Given<MessageRequest>) posted).value();
            Rejection bad = bounds.refusal(message.body(), message.properties());
            OverLimit over = shut != null || bad != null ? null : rates.takeSend(sender);
            shut = over == null ? shut : Rejection.of(Refusal.RATE_LIMITED, over.message());
            Rejection refused = shut == null ? bad : shut;
            if (refused != null) {
                answers.refused(i, refused);
                continue;
            }
            Screened screened = screening.screen(
                    command(sender, message),
                    later -> submit(sender, batch, answers, index + 1, handOn(answers, index, later)));
            if (screened == null) {
                return;
            }
            shut = handOn(answers, i, screened);
        }
        answers.begun();
    }

    /** Why no message after this one is taken, or null. It has its answer, or will have it. */
    private @Nullable Rejection handOn(BatchAnswers answers, int index, Screened screened) {
        Rejection forbidden = screened.rejection();
        if (forbidden != null) {
            answers.refused(index, forbidden);
            return null;
        }
        boolean taken = store.submit(answers, screened.command(), outcome -> {
            screening.settled(screened, outcome);
            answers.settled(index, outcome);
        });
        if (!taken) {
            answers.refused(index, OVERLOADED);
        }
        return taken ? null : OVERLOADED;
    }

    private Command.SendMessage command(Identity sender, MessageRequest message) {
        return new Command.SendMessage(
                sender.actor(),
                message.to().of(sender.user()),
                message.key(),
                message.body(),
                bounds.permitted(sender, message.properties()),
                null,
                clock.millis());
    }
}
