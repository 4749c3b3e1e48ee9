package dev.waggle.push.http;

import dev.waggle.spec.Bytes;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What came of one POST. */
public sealed interface HttpReply {

    /**
     * The server answered.
     *
     * @param status 100 to 999; redirects are not followed
     * @param retryAfter what {@code Retry-After} asks for, or null: nothing that can be read
     * @param body its beginning, up to the sender's limit; may be anything, whatever the status
     */
    record Answer(int status, @Nullable Duration retryAfter, Bytes body) implements HttpReply {}

    /**
     * No answer. The server may have got the request nevertheless.
     *
     * @param reason in few words, without addresses
     * @param late true: nothing came in time; false: there was no connection, or it broke
     */
    record Silence(String reason, boolean late) implements HttpReply {}

    /** Nothing was sent, and nothing will be to this address: the reason says what is wrong with it. */
    record Refused(String reason) implements HttpReply {}

    /** Takes the three apart, so that none is forgotten. */
    default <R> R fold(
            Function<? super Answer, ? extends R> answer,
            Function<? super Silence, ? extends R> silence,
            Function<? super Refused, ? extends R> refused) {
        if (this instanceof Answer answered) {
            return answer.apply(answered);
        }
        if (this instanceof Silence silent) {
            return silence.apply(silent);
        }
        return refused.apply((Refused) this);
    }
}
