package dev.waggle.spec.message;

import dev.waggle.spec.UserId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The users who are something to a group besides members. Immutable. Times are Unix milliseconds.
 *
 * @param banned since when; never members
 * @param invited since when; never members
 * @param requests who asks to come in, since when; never members
 * @param muted until when; members, or users who were
 */
public record Standings(
        SortedMap<UserId, Long> banned,
        SortedMap<UserId, Long> invited,
        SortedMap<UserId, Long> requests,
        SortedMap<UserId, Long> muted) {

    /** Nobody is. */
    public static final Standings NONE = new Standings(nobody(), nobody(), nobody(), nobody());

    public Standings {
        banned = sorted(banned);
        invited = sorted(invited);
        requests = sorted(requests);
        muted = sorted(muted);
    }

    /** How many there are in all. */
    public int size() {
        return banned.size() + invited.size() + requests.size() + muted.size();
    }

    /** An empty map. */
    public static SortedMap<UserId, Long> nobody() {
        return Collections.emptySortedMap();
    }

    private static SortedMap<UserId, Long> sorted(SortedMap<UserId, Long> users) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(users));
    }
}
