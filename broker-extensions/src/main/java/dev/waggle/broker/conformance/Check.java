package dev.waggle.broker.conformance;

/**
 * One sentence of the contract and the way to see whether it holds.
 *
 * @param name what it is called in reports, lower case with hyphens; the part before the first hyphen is its group
 * @param section of {@code chat-topics-spec/PROTOCOL.md}
 */
public record Check(String name, int section, String sentence, Body body) {

    /** Does on a stage of its own what the sentence talks of; ends if it holds. */
    @FunctionalInterface
    public interface Body {

        /** @throws Exception if the sentence does not hold, or cannot be tried ({@link Lacking}) */
        void run(Stage stage) throws Exception;
    }
}
