package dev.waggle.broker.push;

import dev.waggle.push.Outcome;
import dev.waggle.push.rules.Decision;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was decided lately about pushes to each user, and what became of them, in memory, for the question 'why was I not
 * woken'. Any thread.
 */
public final class PushJournal {
    /** With the lines of each some 50 MB; who was looked at longest ago is forgotten first. */
    private static final int MOST_USERS = 10_000;

    private static final int MOST_LINES = 32;

    private final Map<UserId, Deque<Line>> users = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UserId, Deque<Line>> eldest) {
            return size() > MOST_USERS;
        }
    };

    /**
     * One decision or outcome.
     *
     * @param at Unix milliseconds
     * @param conversation or null: all, or none in particular
     * @param seq of the newest message it was about, or 0
     * @param what {@code send}, {@code wait}, {@code skip}, {@code accepted}, {@code failed}, {@code cancelled}, {@code given up}
     * @param why reason code, or a provider's word
     * @param until of a wait, Unix milliseconds, else 0
     * @param push id of the push, or null
     */
    public record Line(
            long at,
            DeviceId device,
            @Nullable ConversationName conversation,
            long seq,
            String what,
            String why,
            long until,
            @Nullable String push) {}

    void note(UserId user, Decision decision, long now) {
        String why = decision.reason().code();
        if (decision instanceof Decision.Send send) {
            add(user, line(send, "send", why, now));
        } else if (decision instanceof Decision.Wait wait) {
            add(user, new Line(now, wait.device(), wait.conversation(), 0, "wait", why, wait.until(), null));
        } else if (decision instanceof Decision.Skip skip) {
            add(user, new Line(now, skip.device(), skip.conversation(), skip.seq(), "skip", why, 0, null));
        }
    }

    void tried(UserId user, Decision.Send send, OutletId outlet, Outcome outcome, long now) {
        String what = outcome instanceof Outcome.Accepted ? "accepted" : "failed";
        add(user, line(send, what, outlet + ": " + outcome.reason(), now));
    }

    void cancelled(UserId user, Decision.Send send, long now) {
        add(user, line(send, "cancelled", "acknowledged or read", now));
    }

    void given(UserId user, Decision.Send send, OutletId outlet, String why, long now) {
        add(user, line(send, "given up", outlet + ": " + why, now));
    }

    private static Line line(Decision.Send send, String what, String why, long now) {
        return new Line(
                now,
                send.device(),
                send.conversation(),
                send.seq(),
                what,
                why,
                0,
                send.push().id().toString());
    }

    private synchronized void add(UserId user, Line line) {
        Deque<Line> lines = users.computeIfAbsent(user, one -> new ArrayDeque<>());
        Line last = lines.peekLast();
        if (last != null && same(last, line)) {
            lines.removeLast();
        }
        lines.addLast(line);
        if (lines.size() > MOST_LINES) {
            lines.removeFirst();
        }
    }

    /** A repeat of the same says nothing new. */
    private static boolean same(Line one, Line other) {
        return one.device().equals(other.device())
                && one.what().equals(other.what())
                && one.why().equals(other.why())
                && one.seq() == other.seq()
                && String.valueOf(one.conversation()).equals(String.valueOf(other.conversation()));
    }

    /** Oldest first. */
    public synchronized List<Line> of(UserId user) {
        return new ArrayList<>(users.getOrDefault(user, new ArrayDeque<>()));
    }
}
