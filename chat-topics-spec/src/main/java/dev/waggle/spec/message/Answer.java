package dev.waggle.spec.message;

import java.util.function.Function;

/**
 * A result or a refusal, both values.
 *
 * @param <T> the result
 */
public sealed interface Answer<T> {

    record Given<T>(T value) implements Answer<T> {}

    record Refused<T>(Rejection rejection) implements Answer<T> {}

    static <T> Answer<T> of(T value) {
        return new Given<>(value);
    }

    static <T> Answer<T> refused(Rejection rejection) {
        return new Refused<>(rejection);
    }

    static <T> Answer<T> refused(Refusal refusal, String message) {
        return new Refused<>(Rejection.of(refusal, message));
    }

    default <R> R fold(Function<? super T, ? extends R> given, Function<Rejection, ? extends R> refused) {
        if (this instanceof Given<T> ok) {
            return given.apply(ok.value());
        }
        return refused.apply(((Refused<T>) this).rejection());
    }

    default <R> Answer<R> map(Function<? super T, ? extends R> next) {
        return fold(value -> of(next.apply(value)), Answer::refused);
    }
}
