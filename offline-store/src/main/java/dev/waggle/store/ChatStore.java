package dev.waggle.store;

import dev.waggle.spec.message.Command;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The truth: conversations and inboxes, durable. Any thread may call it; nothing here blocks.
 *
 * <p>A command is decided by pure rules on the committer thread, made durable together with all that waited with it,
 * and only then answered. What a {@link Ticket} was told is on disk.
 */
public interface ChatStore extends AutoCloseable {

    /**
     * Queues a command. Commands of the same {@code source} are decided in the order of their submission.
     *
     * @param source whose order counts, usually the connection; compared by identity
     * @param ticket is told the outcome once, on the committer thread
     * @return false if the lane is full: nothing was queued, the caller stops reading and tries again
     */
    boolean submit(Object source, Command command, Ticket ticket);

    /** The same for who waits for the outcome alone: a lane that is full has {@link Outcome.Failed}. Never exceptional. */
    default CompletionStage<Outcome> ask(Object source, Command command) {
        CompletableFuture<Outcome> told = new CompletableFuture<>();
        if (!submit(source, command, told::complete)) {
            told.complete(new Outcome.Failed("the store is busy"));
        }
        return told;
    }

    /** Queries, answered by the reader pool from a snapshot of committed state. */
    Reads reads();

    /** What is wrong now, or an empty list: then the store takes commands. */
    List<StoreProblem> problems();

    /**
     * Flushes, then closes. Commands that were not committed are told {@link Outcome.Failed}.
     */
    @Override
    void close();
}
