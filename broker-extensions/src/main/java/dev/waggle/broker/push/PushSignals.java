package dev.waggle.broker.push;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the committer tells the thread of pushes: a note for each user, however much happened. What does not fit is found
 * again in the store. Any thread.
 */
public final class PushSignals {
    /** Users of whom something is told at a time; some 10 MB. */
    private static final int MOST = 100_000;

    /** Users who are looked at now: only of them does every new entry matter. */
    private final Set<UserId> watched = ConcurrentHashMap.newKeySet();
    /** Users of whom devices may show something that is read elsewhere; who was shown something longest ago goes first. */
    private final Map<UserId, Boolean> shown = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UserId, Boolean> eldest) {
            return size() > MOST;
        }
    };

    private final Set<UserId> changed = new LinkedHashSet<>();
    private final Map<UserId, Map<ConversationId, Long>> read = new HashMap<>();
    private boolean missed = true;
    private Runnable wake = () -> {};
    private boolean told;

    /** News since the last time; {@code missed}: some are in the store only. */
    record News(List<UserId> changed, Map<UserId, Map<ConversationId, Long>> read, boolean missed) {}

    /** Something is due for a user from now on. */
    public void due(UserId user) {
        add(user);
    }

    /** Something came for a user. */
    public void came(UserId user) {
        if (watched.contains(user)) {
            add(user);
        }
    }

    /** A user has read a conversation up to a seq. */
    public void read(UserId user, ConversationId conversation, long seq) {
        if (watched.contains(user)) {
            add(user);
        }
        synchronized (this) {
            if (!shown.containsKey(user) || read.size() >= MOST) {
                return;
            }
            read.computeIfAbsent(user, one -> new HashMap<>()).merge(conversation, seq, Math::max);
        }
        ring();
    }

    /** The store was opened again: what happened meanwhile was not told. */
    public void missed() {
        synchronized (this) {
            missed = true;
        }
        ring();
    }

    private void add(UserId user) {
        synchronized (this) {
            if (changed.size() < MOST) {
                changed.add(user);
            } else {
                missed = true;
            }
        }
        ring();
    }

    private void ring() {
        Runnable call;
        synchronized (this) {
            if (told) {
                return;
            }
            told = true;
            call = wake;
        }
        call.run();
    }

    /** @param call is run when there is news; must not block */
    void listen(Runnable call) {
        synchronized (this) {
            wake = call;
            told = false;
        }
        ring();
    }

    synchronized News take() {
        told = false;
        News news = new News(new ArrayList<>(changed), new HashMap<>(read), missed);
        changed.clear();
        read.clear();
        missed = false;
        return news;
    }

    void watch(UserId user) {
        watched.add(user);
    }

    void unwatch(UserId user) {
        watched.remove(user);
    }

    /** A device of the user was woken. */
    synchronized void shows(UserId user) {
        shown.remove(user);
        shown.put(user, true);
    }
}
