package dev.waggle.spec.topic;

/** What {@link TopicParser} makes of a topic that a client publishes to. Every string is exactly one of these. */
public sealed interface TopicReading {

    /** Below {@code u/{me}/} and in the contract. */
    record Good(ClientTopic topic) implements TopicReading {}

    /** Below {@code u/{me}/} but not in the contract (PUBACK 0x90); the reason says what would be. */
    record NotInContract(String reason) implements TopicReading {}

    /** Below {@code u/}, but not below {@code u/{me}/} (PUBACK 0x87). */
    record OfAnother(String reason) implements TopicReading {}

    /** Not below {@code u/}: ordinary MQTT, for the rules of the configuration. A legal topic name. */
    record Ordinary() implements TopicReading {}

    /** Not below {@code u/} and no MQTT topic name at all (MQTT 5 §4.7): empty, a wildcard, NUL, broken UTF-16. */
    record Illegal(String reason) implements TopicReading {}

    /** One answer per case; a new case breaks every user at compile time. */
    interface Cases<R> {
        R good(ClientTopic topic);

        R notInContract(String reason);

        R ofAnother(String reason);

        R ordinary();

        R illegal(String reason);
    }

    default <R> R fold(Cases<R> cases) {
        if (this instanceof Good good) {
            return cases.good(good.topic());
        }
        if (this instanceof NotInContract bad) {
            return cases.notInContract(bad.reason());
        }
        if (this instanceof OfAnother bad) {
            return cases.ofAnother(bad.reason());
        }
        if (this instanceof Illegal bad) {
            return cases.illegal(bad.reason());
        }
        return cases.ordinary();
    }
}
