package dev.waggle.broker.moderation;

import dev.waggle.spec.Author;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages that somebody, or a rule, wants a moderator to look at. The messages are copied into it, so that deleting them
 * does not take the evidence. Times are Unix milliseconds.
 *
 * @param reporter who reported them, or null: a rule did
 * @param reason in the reporter's words, or the name of what the rule found
 * @param request hash of what was asked, for repeats
 * @param evidence ascending by seq; empty in lists
 * @param closing what became of it, or null while it is open
 */
public record Report(
        String id,
        long at,
        @Nullable UserId reporter,
        Cause cause,
        ConversationId conversation,
        String reason,
        Bytes request,
        List<Evidence> evidence,
        @Nullable Closing closing) {
    public Report {
        evidence = List.copyOf(evidence);
    }

    /** What made it. */
    public enum Cause {
        USER,
        WORD,
        ADDRESS,
        HOOK
    }

    /** How it was closed. */
    public enum State {
        OPEN,
        RESOLVED,
        DISMISSED
    }

    /** What was done to the messages or their authors. */
    public enum Action {
        NONE,
        DELETE,
        SHADOW,
        BAN
    }

    /**
     * One message as it was.
     *
     * @param body its beginning, at least
     * @param size bytes of the whole body
     */
    public record Evidence(
            long seq, long ts, Author from, @Nullable String contentType, Bytes body, int size) {}

    /** @param note of the moderator, may be empty */
    public record Closing(State state, UserId by, long at, Action action, String note) {}

    public State state() {
        return closing == null ? State.OPEN : closing.state();
    }

    /** The same, closed. */
    public Report closed(Closing how) {
        return new Report(id, at, reporter, cause, conversation, reason, request, evidence, how);
    }

    /** The same without the messages. */
    Report head() {
        return new Report(id, at, reporter, cause, conversation, reason, request, List.of(), closing);
    }
}
