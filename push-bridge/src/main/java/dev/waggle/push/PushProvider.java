package dev.waggle.push;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A way to sleeping devices. Any thread may call it; nothing here blocks. */
public interface PushProvider extends AutoCloseable {
    /** A name for metrics and people: {@code fcm}, {@code apns}, {@code webpush}, {@code webhook}. */
    String name();

    /**
     * One try.
     *
     * @param to an address of the kind that this provider serves
     * @return never completes exceptionally, and always within the provider's time limit
     */
    CompletionStage<Outcome> send(Address to, Push push);

    /** What is wrong with credentials and settings, one readable sentence each; asks the provider where it can. */
    CompletionStage<List<String>> problems();

    /** What it shows the provider and ends by itself; empty if nothing does, or if that is not known. */
    default Optional<Credential> credential() {
        return Optional.empty();
    }

    /** Ends connections; what is on its way may still be told as unanswered. */
    @Override
    void close();
}
