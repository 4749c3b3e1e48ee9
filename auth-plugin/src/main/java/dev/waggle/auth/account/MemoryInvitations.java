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
        Invitation either = before == null ? after : before;
        if (either == null) {
            return true;
        }
        Invitation now = invitations.get(either.id());
        if (before == null ? now != null : !before.equals(now)) {
            return false;
        }
        if (after == null) {
            invitations.remove(either.id());
        } else {
            invitations.put(after.id(), after);
        }
        return true;
    }
}
