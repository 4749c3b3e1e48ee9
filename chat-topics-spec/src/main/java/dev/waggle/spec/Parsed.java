package dev.waggle.spec;

import java.util.function.Function;

/**
 * The result of a total parser: a value, or the reason why there is none. Immutable.
 *
 * @param <T> what was to be read
 */
public sealed interface Parsed<T> {

    /** The input was in the grammar. */
    record Ok<T>(T value) implements Parsed<T> {}

    /** The input was not in the grammar; the reason says what was wrong and what is allowed, without secrets. */
    record Bad<T>(String reason) implements Parsed<T> {}

    static <T> Parsed<T> ok(T value) {
        return new Ok<>(value);
    }

    static <T> Parsed<T> bad(String reason) {
        return new Bad<>(reason);
    }

    /** Takes both ways apart; the one way to read a result, so no case is forgotten. */
    default <R> R fold(Function<? super T, ? extends R> ok, Function<String, ? extends R> bad) {
        if (this instanceof Ok<T> good) {
            return ok.apply(good.value());
        }
        return bad.apply(((Bad<T>) this).reason());
    }

    /** Continues with the value; a reason stays as it is. */
    default <R> Parsed<R> then(Function<? super T, Parsed<R>> next) {
        return fold(next, Parsed::bad);
    }

    default boolean isOk() {
        return this instanceof Ok;
    }

    /**
     * The value, for callers that know it is there.
     *
     * @throws IllegalStateException if it is not: a bug of the caller
     */
    default T get() {
        return fold(value -> value, reason -> {
            throw new IllegalStateException(reason);
        });
    }
}
