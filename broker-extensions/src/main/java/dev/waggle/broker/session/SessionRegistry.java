package dev.waggle.broker.session;

import dev.waggle.broker.call.DeviceCalls;
import dev.waggle.broker.marks.MarkNews;
import dev.waggle.broker.marks.MarkReceivers;
import dev.waggle.broker.presence.NowFanout;
import dev.waggle.broker.presence.Presence;
import dev.waggle.broker.presence.Roster;
import dev.waggle.broker.presence.Viewer;
import dev.waggle.broker.push.LiveDevices;
import dev.waggle.spec.Author;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Activity;
import dev.waggle.spec.message.MessageProperties;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who is connected: the live sessions of each user. Connections come and go on their own threads; the committer reads it
 * for every entry.
 */
public final class SessionRegistry
        implements NowFanout.Receivers, MarkReceivers, Roster, LiveDevices, DeviceCalls.Connections {
    private static final int NOT_AUTHORIZED = 0x87;
    private static final int ADMINISTRATIVE_ACTION = 0x98;
    private static final ChatSession[] NOBODY = new ChatSession[0];

    /** The arrays are never written to. */
    private final ConcurrentHashMap<UserId, ChatSession[]> sessions = new ConcurrentHashMap<>();

    private final AtomicInteger count = new AtomicInteger();

    void add(ChatSession session) {
        count.incrementAndGet();
        sessions.merge(session.user(), new ChatSession[] {session}, SessionRegistry::join);
    }

    private static ChatSession[] join(ChatSession[] before, ChatSession[] added) {
        ChatSession[] all = Arrays.copyOf(before, before.length + 1);
        all[before.length] = added[0];
        return all;
    }

    void remove(ChatSession session) {
        sessions.computeIfPresent(session.user(), (user, before) -> {
            ChatSession[] rest =
                    Arrays.stream(before).filter(other -> other != session).toArray(ChatSession[]::new);
            count.addAndGet(rest.length - before.length);
            return rest.length == 0 ? null : rest;
        });
    }

    /** The user's sessions now; not to be written to. */
    ChatSession[] sessionsOf(UserId user) {
        return sessions.getOrDefault(user, NOBODY);
    }

    void forEach(Consumer<ChatSession> action) {
        sessions.values().forEach(all -> Arrays.asList(all).forEach(action));
    }

    /**
     * For operators: connections in the order of client ids. Looks at all of them.
     *
     * @param user only this one's, or null
     * @param after only client ids behind this one, or null
     */
    public List<LiveSession> list(@Nullable UserId user, @Nullable String after, int limit) {
        Stream<ChatSession> all =
                user == null ? sessions.values().stream().flatMap(Arrays::stream) : Arrays.stream(sessionsOf(user));
        return all.map(ChatSession::described)
                .filter(session -> after == null || session.clientId().compareTo(after) > 0)
                .sorted(Comparator.comparing(LiveSession::clientId))
                .limit(limit)
                .toList();
    }

    @Override
    public void end(UserId user, DeviceId device, String reason) {
        kick(user, device, reason);
    }

    @Override
    public Map<DeviceId, Long> since(UserId user) {
        Map<DeviceId, Long> since = new HashMap<>();
        connected(user).forEach((device, live) -> since.put(device, live.since()));
        return since;
    }

    /**
     * Ends connections of a user.
     *
     * @param device only this one's, or null
     * @return how many
     */
    public int kick(UserId user, @Nullable DeviceId device, String reason) {
        int ended = 0;
        for (ChatSession session : sessionsOf(user)) {
            if (device == null || device.equals(session.identity().device())) {
                session.disconnect(ADMINISTRATIVE_ACTION, reason);
                ended++;
            }
        }
        return ended;
    }

    /** Ends every connection whose newest token is of this issuer: MQTT 5 0x87. */
    public void endAll(String issuer, String reason) {
        forEach(session -> {
            if (session.identity().issuer().equals(issuer)) {
                session.disconnect(NOT_AUTHORIZED, reason);
            }
        });
    }

    /** Connections of all users. */
    public int connections() {
        return count.get();
    }

    /** Users with at least one connection. */
    public int users() {
        return sessions.size();
    }

    @Override
    public boolean isHere(UserId user) {
        return sessions.containsKey(user);
    }

    @Override
    public void marks(UserId to, MarkNews news) {
        for (ChatSession session : sessionsOf(to)) {
            session.marks(news);
        }
    }

    @Override
    public void now(UserId to, ConversationId conversation, Author from, Bytes payload, MessageProperties properties) {
        for (ChatSession session : sessionsOf(to)) {
            session.now(conversation, from, payload, properties);
        }
    }

    @Override
    public @Nullable Presence of(UserId user) {
        Presence busiest = null;
        for (ChatSession session : sessionsOf(user)) {
            Presence doing = session.doing();
            if (doing.state() != Activity.OFFLINE
                    && (busiest == null || doing.state().compareTo(busiest.state()) < 0)) {
                busiest = doing;
            }
        }
        return busiest;
    }

    @Override
    public Map<DeviceId, Live> connected(UserId user) {
        Map<DeviceId, Live> devices = new HashMap<>();
        for (ChatSession session : sessionsOf(user)) {
            DeviceId device = session.identity().device();
            if (device != null) {
                devices.merge(device, session.live(), (one, other) -> one.since() >= other.since() ? one : other);
            }
        }
        return devices;
    }

    @Override
    public @Nullable Viewer viewer(UserId user, Object source) {
        for (ChatSession session : sessionsOf(user)) {
            if (session.source() == source) {
                return session;
            }
        }
        return null;
    }
}
