package dev.waggle.spec.message;

import dev.waggle.spec.UserId;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a user has decided for all of its conversations.
 *
 * @param blocked users of whom nothing comes through, at most {@link #MOST_BLOCKED}
 * @param receipts others are told what was received and read
 * @param presence those who share a conversation may see whether the user is here
 * @param lastSeen they may see also since when it is not
 */
public record UserSettings(Set<UserId> blocked, boolean receipts, boolean presence, boolean lastSeen) {
    /** They are in memory with the inbox and looked at for every message that comes in. */
    public static final int MOST_BLOCKED = 1_000;

    /** As long as nothing was decided. */
    public static final UserSettings USUAL = new UserSettings(Set.of(), true, true, true);

    public UserSettings {
        blocked = Set.copyOf(blocked);
    }

    public boolean blocks(UserId user) {
        return !blocked.isEmpty() && blocked.contains(user);
    }

    public UserSettings blocking(UserId user) {
        Set<UserId> next = new TreeSet<>(blocked);
        next.add(user);
        return new UserSettings(next, receipts, presence, lastSeen);
    }

    public UserSettings unblocking(UserId user) {
        Set<UserId> next = new TreeSet<>(blocked);
        next.remove(user);
        return new UserSettings(next, receipts, presence, lastSeen);
    }
}
