package dev.waggle.store;

import dev.waggle.spec.message.Rejection;
import dev.waggle.spec.message.Reply;

/** What became of a command. */
public sealed interface Outcome {

    /** Carried out and on disk. */
    record Accepted(Reply reply) implements Outcome {}

    /** Refused by a rule; nothing was stored. */
    record Rejected(Rejection rejection) implements Outcome {}

    /** The disk failed: it may or may not be stored. Repeating it with the same key is safe. */
    record Failed(String reason) implements Outcome {}
}
