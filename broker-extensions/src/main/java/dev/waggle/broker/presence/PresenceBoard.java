package dev.waggle.broker.presence;

import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Activity;
import dev.waggle.spec.message.UserSettings;
import dev.waggle.store.Reads.Acquaintance;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who watches whom, and what they were told last. A viewer gets at most one packet a second, the newest state of one user,
 * however many change; who leaves and comes back within seconds is not seen to have left.
 *
 * <p>Any thread; guarded by this object.
 */
public final class PresenceBoard {
    private static final long PAUSE_MILLIS = 1_000;

    /** A phone that changes networks is away for seconds. */
    private static final long GRACE_MILLIS = 5_000;

    private final Roster roster;
    private final InstantSource clock;
    private final Map<Viewer, Watch> watches = new HashMap<>();
    private final Map<UserId, Set<Watch>> watched = new HashMap<>();
    /** Watched users who have no device here, and since when. */
    private final Map<UserId, Long> left = new HashMap<>();

    public PresenceBoard(Roster roster, InstantSource clock) {
        this.roster = roster;
        this.clock = clock;
    }

    /** What one viewer watches. */
    private static final class Watch {
        private final Viewer viewer;
        private final long until;
        private final Map<UserId, Acquaintance> users;
        private final Map<UserId, Presence> told = new HashMap<>();
        private final Set<UserId> pending = new LinkedHashSet<>();
        private long nextAt;

        Watch(Viewer viewer, long until, Map<UserId, Acquaintance> users) {
            this.viewer = viewer;
            this.until = until;
            this.users = new HashMap<>(users);
        }
    }

    /**
     * Begins to watch, in the place of what this viewer watched before.
     *
     * @param viewer the connection that asks, or null if it is none: then it is only told now
     * @param users those it may see
     * @param until Unix milliseconds
     * @return what they are doing now
     */
    public synchronized Map<UserId, Presence> watch(
            @Nullable Viewer viewer, Map<UserId, Acquaintance> users, long until) {
        Map<UserId, Presence> now = new LinkedHashMap<>();
        users.forEach((user, acquaintance) -> now.put(user, shown(user, acquaintance)));
        if (viewer != null) {
            gone(viewer);
            Watch watch = new Watch(viewer, until, users);
            watch.told.putAll(now);
            watches.put(viewer, watch);
            users.keySet()
                    .forEach(user -> watched.computeIfAbsent(user, one -> new HashSet<>())
                            .add(watch));
        }
        return now;
    }

    /** The viewer's connection has ended. */
    public synchronized void gone(Viewer viewer) {
        Watch watch = watches.remove(viewer);
        if (watch != null) {
            new ArrayList<>(watch.users.keySet()).forEach(user -> unwatch(watch, user));
        }
    }

    private void unwatch(Watch watch, UserId user) {
        watch.users.remove(user);
        watch.pending.remove(user);
        Set<Watch> others = watched.get(user);
        if (others != null && others.remove(watch) && others.isEmpty()) {
            watched.remove(user);
            left.remove(user);
        }
    }

    /** A device of the user came, went, or does something else now. */
    public synchronized void changed(UserId user) {
        Set<Watch> watching = watched.get(user);
        if (watching == null) {
            return;
        }
        if (roster.of(user) == null) {
            left.putIfAbsent(user, clock.millis());
        } else {
            left.remove(user);
        }
        watching.forEach(watch -> watch.pending.add(user));
    }

    /** The user decided who may see it, and whom it does not want to hear of. */
    public synchronized void decided(UserId user, UserSettings settings) {
        for (Watch watch : List.copyOf(watched.getOrDefault(user, Set.of()))) {
            if (!settings.showsPresence() || settings.blocks(watch.viewer.user())) {
                unwatch(watch, user);
            } else {
                Acquaintance before = watch.users.get(user);
                watch.users.put(user, new Acquaintance(settings, before == null ? 0 : before.lastSeen()));
            }
        }
        for (Watch watch : watches.values()) {
            if (watch.viewer.user().equals(user)) {
                settings.blocked().forEach(blocked -> unwatch(watch, blocked));
            }
        }
    }

    /** Tells what is due. To be called every 50 ms by one timer thread. */
    public synchronized void tick() {
        if (watches.isEmpty()) {
            return;
        }
        long now = clock.millis();
        for (Watch watch : List.copyOf(watches.values())) {
            if (now >= watch.until) {
                gone(watch.viewer);
            } else if (!watch.pending.isEmpty()
                    && now >= watch.nextAt
                    && watch.viewer.activity() != Activity.BACKGROUND) {
                tellOne(watch, now);
            }
        }
    }

    private void tellOne(Watch watch, long now) {
        for (UserId user : List.copyOf(watch.pending)) {
            Long since = left.get(user);
            if (since != null && now < since + GRACE_MILLIS) {
                continue; // may be back in a moment
            }
            watch.pending.remove(user);
            Acquaintance acquaintance = watch.users.get(user);
            Presence presence = acquaintance == null ? null : shown(user, acquaintance);
            if (presence != null && !isSame(presence, watch.told.put(user, presence))) {
                watch.viewer.presence(user, presence);
                watch.nextAt = now + PAUSE_MILLIS;
                return;
            }
        }
    }

    private static boolean isSame(Presence now, @Nullable Presence before) {
        return before != null && now.state() == before.state();
    }

    private Presence shown(UserId user, Acquaintance acquaintance) {
        Presence here = roster.of(user);
        if (here != null) {
            return here;
        }
        long since = left.getOrDefault(user, acquaintance.lastSeen());
        return new Presence(Activity.OFFLINE, acquaintance.settings().lastSeen() ? since : 0);
    }
}
