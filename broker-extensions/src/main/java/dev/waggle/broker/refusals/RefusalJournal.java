package dev.waggle.broker.refusals;

import dev.waggle.broker.gateway.Dismissal;
import dev.waggle.broker.gateway.Profile;
import dev.waggle.broker.refusals.Refused.What;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The newest refusals of each kind, in memory, for the question 'why can this user not …'. A flood pushes older ones out,
 * but only those of its own kind. Any thread.
 */
public final class RefusalJournal {
    /** Of each kind; some 2 MB together. */
    static final int MOST = 1_000;

    private static final int MOST_REASON_CHARACTERS = 256;
    private static final Pattern CLIENT_ID = Pattern.compile("[A-Za-z0-9_.:/-]{1,128}");

    /** Ends that are no refusal: a shutdown, a newer connection of the same device. */
    private static final List<Integer> ORDINARY_ENDS = List.of(0x8B, 0x8E);

    private final InstantSource clock;
    private final RefusalCounts counts;
    private final RefusalSummary summary;
    private final Map<What, Deque<Refused>> newest = new EnumMap<>(What.class);

    public RefusalJournal(InstantSource clock, RefusalCounts counts) {
        this.clock = clock;
        this.counts = counts;
        this.summary = new RefusalSummary(clock.millis());
        for (What what : What.values()) {
            newest.put(what, new ArrayDeque<>());
        }
    }

    /** A client was sent away. */
    public void dismissed(Dismissal dismissal) {
        if (ORDINARY_ENDS.contains(dismissal.reasonCode())) {
            return;
        }
        What what = dismissal.admitted() ? What.CONNECTION : What.CONNECT;
        String clientId = CLIENT_ID.matcher(dismissal.clientId()).matches() ? dismissal.clientId() : "";
        add(what, named(clientId), clientId, dismissal.address(), dismissal.reasonCode(), dismissal.reason());
    }

    /** Something that a client asked for was refused; it stays connected. */
    public void refused(What what, Profile client, int code, String reason) {
        add(what, client.identity().user(), client.clientId(), client.address(), code, reason);
    }

    /** An HTTP request was refused before it was known who asks. */
    public void request(String address, int status, String reason) {
        add(What.REQUEST, null, "", address, status, reason);
    }

    /** Nobody has proved it: the client id says so. */
    private static @Nullable UserId named(String clientId) {
        int dot = clientId.indexOf('.');
        Parsed<UserId> user = UserId.parse(dot < 0 ? "" : clientId.substring(0, dot));
        return user.isOk() ? user.get() : null;
    }

    private void add(What what, @Nullable UserId user, String clientId, String address, int code, String reason) {
        String text = reason.length() > MOST_REASON_CHARACTERS ? reason.substring(0, MOST_REASON_CHARACTERS) : reason;
        Refused refused = new Refused(clock.millis(), what, user, clientId, address, code, text);
        counts.refused(what, code);
        synchronized (this) {
            Deque<Refused> kind = newest.computeIfAbsent(what, first -> new ArrayDeque<>());
            if (kind.size() >= MOST) {
                kind.removeFirst();
            }
            kind.addLast(refused);
            summary.add(refused);
        }
    }

    /**
     * The newest first.
     *
     * @param user only those of this one, or null
     * @param address only those from there, or null
     */
    public synchronized List<Refused> find(@Nullable UserId user, @Nullable String address, int limit) {
        List<Refused> found = new ArrayList<>();
        for (Deque<Refused> kind : newest.values()) {
            Iterator<Refused> all = kind.descendingIterator();
            int taken = 0;
            while (all.hasNext() && taken < limit) {
                Refused one = all.next();
                if ((user == null || user.equals(one.user())) && (address == null || address.equals(one.address()))) {
                    found.add(one);
                    taken++;
                }
            }
        }
        found.sort(Comparator.comparingLong(Refused::at).reversed());
        return List.copyOf(found.subList(0, Math.min(limit, found.size())));
    }

    /** Sums up in the log, once a minute; to be called every second or so. */
    public synchronized void tick() {
        summary.tick(clock.millis());
    }
}
