package dev.waggle.store.rules;

import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.Standing;
import dev.waggle.spec.message.Standings;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who is banned, invited, muted or asks to come in, at a time and after an event. Pure. */
public final class StandingsRules {
    private StandingsRules() {}

    /** True if the user may not come in. */
    static boolean isBanned(Standings standings, UserId user) {
        return standings.banned().containsKey(user);
    }

    /** True if the user was invited and the invitation still holds. */
    static boolean isInvited(Standings standings, UserId user, long now) {
        return holds(standings.invited().get(user), now);
    }

    /** True if the user asks to come in and still may hope. */
    static boolean asks(Standings standings, UserId user, long now) {
        return holds(standings.requests().get(user), now);
    }

    /** Until when the user may not send, Unix milliseconds, or 0. */
    static long mutedUntil(Standings standings, UserId user, long now) {
        Long until = standings.muted().get(user);
        return until == null || until <= now ? 0 : until;
    }

    /** Those that hold. */
    public static Standings at(Standings standings, long now) {
        if (standings.size() == standings.banned().size()) {
            return standings;
        }
        SortedMap<UserId, Long> muted = new TreeMap<>(standings.muted());
        muted.values().removeIf(until -> until <= now);
        return new Standings(
                standings.banned(), held(standings.invited(), now), held(standings.requests(), now), muted);
    }

    /** What follows from an event; what does not hold any more at its time goes with it. */
    static Standings after(Standings before, Event.MembersChanged change) {
        Standing standing = change.standing();
        if (standing == null && before.size() == 0) {
            return before;
        }
        Standings now = at(before, change.ts());
        SortedMap<UserId, Long> banned = new TreeMap<>(now.banned());
        SortedMap<UserId, Long> invited = new TreeMap<>(now.invited());
        SortedMap<UserId, Long> requests = new TreeMap<>(now.requests());
        SortedMap<UserId, Long> muted = new TreeMap<>(now.muted());
        for (Member member : change.added()) {
            invited.remove(member.user());
            requests.remove(member.user());
        }
        if (standing != null) {
            for (UserId user : standing.users()) {
                switch (standing.kind()) {
                    case INVITED -> invited.put(user, change.ts());
                    case REQUESTED -> requests.put(user, change.ts());
                    case BANNED -> banned.put(user, change.ts());
                    case UNBANNED -> banned.remove(user);
                    case MUTED -> muted.put(user, standing.until());
                    case UNMUTED -> muted.remove(user);
                    case DECLINED, REFUSED, DISSOLVED -> {}
                }
                switch (standing.kind()) {
                    case DECLINED, REFUSED, BANNED -> {
                        invited.remove(user);
                        requests.remove(user);
                    }
                    case INVITED -> requests.remove(user);
                    default -> {}
                }
            }
        }
        return new Standings(banned, invited, requests, muted);
    }

    private static SortedMap<UserId, Long> held(SortedMap<UserId, Long> since, long now) {
        SortedMap<UserId, Long> held = new TreeMap<>(since);
        held.values().removeIf(at -> !holds(at, now));
        return held;
    }

    private static boolean holds(@Nullable Long since, long now) {
        return since != null && now - since < RuleLimits.PENDING_MILLIS;
    }
}
