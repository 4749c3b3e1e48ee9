package dev.waggle.auth.account;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An {@link InvitationStore} that lasts as long as the process: for tests and demonstrations. Any thread. */
public final class MemoryInvitations implements InvitationStore {
    private final NavigableMap<String, Invitation> invitations = new TreeMap<>();

    @Override
    public synchronized Optional<Invitation> invitation(String id) {
        return Optional.ofNullable(invitations.get(id));
    }

    @Override
    public synchronized List<Invitation> invitations(@Nullable String after, int limit) {
        return (after == null ? invitations : invitations.tailMap(after, false))
                .values().stream().limit(limit).toList();
    }

    @Override
    public synchronized boolean replace(@Nullable Invitation before, @Nullable Invitation after) {
        if (before == null) {
            return after == null || invitations.putIfAbsent(after.id(), after) == null;
        }
        return after == null
                ? invitations.remove(before.id(), before)
                : invitations.replace(before.id(), before, after);
    }
}
