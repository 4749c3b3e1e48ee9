package dev.waggle.spec.message;

import dev.waggle.spec.UserId;
import java.util.Set;
import java.util.TreeSet;

/**
 * What holds for all conversations of a user: what it has decided, and what was decided about it.
 *
 * @param blocked users of whom nothing comes through, at most {@link #MOST_BLOCKED}
 * @param receipts others are told what was received and read
 * @param presence those who share a conversation may see whether the user is here
 * @param lastSeen they may see also since when it is not
 * @param shadowed by a moderator: nobody else sees or hears anything of the user, and it is not told so
 */
public record UserSettings(
        Set<UserId> blocked, boolean receipts, boolean presence, boolean lastSeen, boolean shadowed) {
    /** They are in memory with the inbox and looked at for every message that comes in. */
    public static final int MOST_BLOCKED = 1_000;

    /** As long as nothing was decided. */
    public static final UserSettings USUAL = new UserSettings(Set.of(), true, true, true);

    public UserSettings {
        blocked = Set.copyOf(blocked);
    }

    /** Of one who is not shadowed. */
    public UserSettings(Set<UserId> blocked, boolean receipts, boolean presence, boolean lastSeen) {
        this(blocked, receipts, presence, lastSeen, false);
    }

    /** Others are to be told what the user receives and reads. */
    public boolean showsReceipts() {
        return receipts && !shadowed;
    }

    /** Others may see whether the user is here. */
    public boolean showsPresence() {
        return presence && !shadowed;
    }

    public boolean blocks(UserId user) {
        return !blocked.isEmpty() && blocked.contains(user);
    }

    public UserSettings blocking(UserId user) {
        Set<UserId> next = new TreeSet<>(blocked);
        next.add(user);
        return new UserSettings(next, receipts, presence, lastSeen, shadowed);
    }

    public UserSettings unblocking(UserId user) {
        Set<UserId> next = new TreeSet<>(blocked);
        next.remove(user);
        return new UserSettings(next, receipts, presence, lastSeen, shadowed);
    }
}
