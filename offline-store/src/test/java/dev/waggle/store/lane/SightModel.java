package dev.waggle.store.lane;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.UserId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One conversation as a person would keep it on paper: what was said and who may not see it, who is in it since when, how
 * far each has come and what others know of that. Whether something is allowed is decided elsewhere.
 */
final class SightModel {

    /** A message. */
    static final class Message {
        final UserId from;
        final long expiresAt;
        final Set<UserId> hiddenFrom = new HashSet<>();
        final boolean shadow;
        String body;

        Message(UserId from, String body, long expiresAt, boolean shadow) {
            this.from = from;
            this.body = body;
            this.expiresAt = expiresAt;
            this.shadow = shadow;
        }
    }

    /** How far somebody has come, and what others know of it. */
    static final class Place {
        final long since;
        long delivered;
        long read;
        long shownDelivered;
        long shownRead;
        boolean told;

        Place(long since) {
            this.since = since;
            delivered = since - 1;
            read = since - 1;
            shownDelivered = since - 1;
            shownRead = since - 1;
        }
    }

    final TreeMap<Long, Message> messages = new TreeMap<>();
    /** Who is in it. */
    final Map<UserId, Place> people = new TreeMap<>();

    long last;
    /** The first seq that is kept. */
    long first = 1;
    /** True: from the beginning; false: from one's own coming. */
    boolean wholeHistory;

    SightModel(ConversationId conversation) {
        wholeHistory = conversation instanceof ConversationId.Direct;
    }

    /**
     * @param shadow true: for its author alone
     * @param blocking who blocks the author now
     */
    void said(UserId from, String body, long expiresAt, boolean shadow, Set<UserId> blocking) {
        last++;
        Message message = new Message(from, body, expiresAt, shadow);
        message.hiddenFrom.addAll(blocking);
        messages.put(last, message);
    }

    /** @param shadow true: an edit for its author's eyes alone, which leaves what others see */
    void edited(long seq, String body, boolean shadow, Set<UserId> blocking) {
        last++;
        Message message = messages.get(seq);
        if (shadow && !message.shadow) {
            return;
        }
        message.body = body;
        message.hiddenFrom.addAll(blocking);
    }

    void deleted(List<Long> seqs) {
        if (!seqs.isEmpty()) {
            last++;
            seqs.forEach(messages::remove);
        }
    }

    void hidden(UserId user, List<Long> seqs) {
        seqs.forEach(seq -> messages.get(seq).hiddenFrom.add(user));
    }

    void came(List<UserId> users) {
        last++;
        users.forEach(user -> people.putIfAbsent(user, new Place(last)));
    }

    void went(List<UserId> users) {
        last++;
        people.keySet().removeAll(users);
    }

    void trimmed(long upTo) {
        first = upTo + 1;
        messages.headMap(upTo, true).clear();
    }

    void acknowledged(UserId user, long seq, boolean receipts) {
        Place place = people.get(user);
        if (seq > place.delivered) {
            place.delivered = seq;
            if (receipts) {
                place.shownDelivered = seq;
                place.told = true;
            }
        }
    }

    void read(UserId user, long upTo, boolean shown) {
        Place place = people.get(user);
        long seq = Math.min(upTo, last);
        place.read = Math.max(place.read, seq);
        place.delivered = Math.max(place.delivered, seq);
        if (shown) {
            place.told |= seq > place.shownRead || seq > place.shownDelivered;
            place.shownRead = Math.max(place.shownRead, seq);
            place.shownDelivered = Math.max(place.shownDelivered, seq);
        }
    }

    /** What of it the user may read; null: nothing, it is none of the user's. */
    Map<Long, String> seen(UserId user, long now) {
        Place place = people.get(user);
        if (place == null) {
            return null;
        }
        Map<Long, String> seen = new TreeMap<>();
        messages.forEach((seq, message) -> {
            if ((wholeHistory || seq >= place.since) && isThere(message, user, now)) {
                seen.put(seq, message.body);
            }
        });
        return seen;
    }

    long unread(UserId user, long now) {
        Place place = people.get(user);
        return messages.tailMap(place.read, false).values().stream()
                .filter(message -> !message.from.equals(user) && isThere(message, user, now))
                .count();
    }

    private static boolean isThere(Message message, UserId user, long now) {
        return message.expiresAt > now
                && !message.hiddenFrom.contains(user)
                && (!message.shadow || message.from.equals(user));
    }
}
