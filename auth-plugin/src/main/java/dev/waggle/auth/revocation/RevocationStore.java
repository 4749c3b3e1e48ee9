package dev.waggle.auth.revocation;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Where revocations are kept over a restart. One value per key. Any thread. */
public interface RevocationStore {

    /**
     * All that are kept, in any order. May block: called once, at the start, before anybody is let in.
     *
     * @throws java.io.UncheckedIOException if they cannot be read: then nobody may be let in
     */
    List<Revocation> load();

    /** Instead of what has the same key. Done when it is durable; a failure means that nobody knows. Never blocks. */
    CompletionStage<Void> put(Revocation revocation);

    /** Done when it is durable that there is none; a failure means that nobody knows. Never blocks. */
    CompletionStage<Void> remove(Key key);
}
