package dev.waggle.broker.config;

import java.util.List;
import java.util.function.Function;

/** What became of the configuration. */
public sealed interface ConfigReading {

    /**
     * @param config the whole tree
     * @param warnings settings that weaken safety and names that were not understood but may belong to others
     */
    record Accepted(WaggleConfig config, List<String> warnings) implements ConfigReading {}

    /** @param problems all of them, in the order of the file */
    record Refused(List<Problem> problems) implements ConfigReading {}

    default <R> R fold(Function<Accepted, R> accepted, Function<Refused, R> refused) {
        return this instanceof Accepted good ? accepted.apply(good) : refused.apply((Refused) this);
    }
}
