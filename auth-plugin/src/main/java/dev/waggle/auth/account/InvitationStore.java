package dev.waggle.auth.account;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where invitations live, on the terms of {@link AccountStore}: of two changes at once one wins, what returned is durable,
 * calls may block, and a store that cannot answer throws {@link java.io.UncheckedIOException}.
 */
public interface InvitationStore {

    /** @param id untrusted */
    Optional<Invitation> invitation(String id);

    /**
     * Invitations in the order of their ids.
     *
     * @param after continue behind this id, untrusted; null: from the first
     * @param limit 1…1000
     */
    List<Invitation> invitations(@Nullable String after, int limit);

    /**
     * @param before what the caller saw; null: nothing
     * @param after null: it ends
     * @return false if it is no longer so, and nothing was changed
     */
    boolean replace(@Nullable Invitation before, @Nullable Invitation after);
}
