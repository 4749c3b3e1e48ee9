package dev.waggle.store.rules;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Filter;
import dev.waggle.spec.message.Mark;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import dev.waggle.spec.message.Reply;
import dev.waggle.store.rules.InboxDecision.Accepted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rules of inboxes: entries come in, devices come and go and get on. Pure and deterministic. Those of sessions are
 * in {@link SessionRules}.
 */
public final class InboxRules {
    private static final Comparator<ConversationId> BY_TEXT = Comparator.comparing(ConversationId::toString);

    private final RuleLimits limits;
    private final SessionRules sessions;

    public InboxRules(RuleLimits limits) {
        this.limits = limits;
        this.sessions = new SessionRules(limits);
    }

    /**
     * @param marks the user's marks in the conversations that the command names as delivered; null for none
     */
    public InboxDecision decide(
            InboxState state, Function<ConversationId, @Nullable Mark> marks, Command.OfUser command) {
        if (command instanceof Command.MoveCursor move) {
            return move(state, marks, move);
        }
        if (command instanceof Command.OpenSession open) {
            return sessions.open(state, open);
        }
        if (command instanceof Command.CloseSession close) {
            List<Event.OfInbox> events = delivered(state, marks, close.delivered(), close.now());
            sessions.close(state, close, events);
            return new Accepted(events, new Reply.Done());
        }
        if (command instanceof Command.ChangeFilters change) {
            return filters(state, change);
        }
        if (command instanceof Command.ChangeSettings change) {
            return SettingsRules.change(state, change);
        }
        if (command instanceof Command.ForgetDevice forget) {
            return SessionRules.forget(state, forget);
        }
        if (command instanceof Command.KeepPush keep) {
            return OutboxRules.keep(state, keep);
        }
        if (command instanceof Command.SettlePush settle) {
            return OutboxRules.settle(state, settle);
        }
        if (command instanceof Command.ReleasePacket release) {
            DeviceState device = state.device(release.device());
            return done(
                    device == null || device.packet(release.packetId()) == null
                            ? List.of()
                            : List.of(new Event.PacketReleased(state.user(), release.device(), release.packetId())));
        }
        return trim(state, (Command.TrimInbox) command);
    }

    /** The entry at the end of the inbox. */
    public static Event.EntryAdded deliver(InboxState state, Event.LogEntry entry) {
        return new Event.EntryAdded(state.user(), state.last() + 1, entry);
    }

    /**
     * What else follows from an entry: the user's view of the conversation begins with the first message one-to-one and
     * with joining a group; it is withheld up to the entry that revoked it.
     */
    public static List<Event.OfInbox> follow(Event.EntryAdded added, boolean revoked) {
        Event.LogEntry entry = added.entry();
        if (revoked) {
            return List.of(new Event.ConversationWithheld(added.user(), entry.conversation(), added.position()));
        }
        boolean begins = entry instanceof Event.MembersChanged change
                ? joins(change, added)
                : entry.seq() == 1 && entry.conversation() instanceof ConversationId.Direct;
        if (!begins) {
            return List.of();
        }
        return List.of(new Event.MarkMoved(added.user(), entry.conversation(), Mark.from(entry.seq()), null));
    }

    /** What a repeat of a QoS 2 PUBLISH is answered, or null if the packet id is free or the device keeps none. */
    public static @Nullable PacketAnswer answered(InboxState state, DeviceId id, int packetId) {
        DeviceState device = state.device(id);
        return device == null ? null : device.packet(packetId);
    }

    /** True if the device may not take one more packet id before it releases some. */
    public static boolean holdsTooManyPackets(InboxState state, DeviceId id) {
        DeviceState device = state.device(id);
        return device != null && device.packets().size() >= RuleLimits.PACKETS_PER_DEVICE;
    }

    /**
     * Why the user may not begin a conversation with somebody now, or null.
     *
     * @param mine the inbox of the one who begins it
     */
    public @Nullable Rejection mayStart(InboxState mine, long now) {
        if (mine.starts().countAt(now) < limits.conversationsPerDay()) {
            return null;
        }
        return Rejection.of(
                Refusal.QUOTA,
                "a user starts at most " + limits.conversationsPerDay()
                        + " one-to-one conversations within 24 hours; write where you wrote before, or later");
    }

    /** The user began a conversation with somebody. */
    public static Event.ConversationStarted start(InboxState mine, long now) {
        Starts next = mine.starts().plus(now);
        return new Event.ConversationStarted(mine.user(), next.since(), next.count());
    }

    /** Why nobody may write to this user or add it to a group, or null. */
    public @Nullable Rejection mayBeReached(InboxState theirs) {
        return !limits.refuseUnknown() || theirs.everSeen()
                ? null
                : new Rejection(
                        Refusal.NOT_FOUND,
                        Refusal.NOT_ALLOWED.mqttReason(),
                        "nobody has ever connected as " + theirs.user() + "; check the user id");
    }

    /**
     * The position up to which the oldest entries are to go, or 0 while there are not too many. One in ten over the limit
     * is let be, so that the cost of a trim is shared by many entries.
     */
    public long trimUpTo(InboxState state) {
        int limit = state.everSeen() ? limits.inboxEntries() : limits.inboxEntriesUnseen();
        long entries = state.last() - state.first() + 1;
        if (entries <= limit + Math.max(64, limit / 10)) {
            return 0;
        }
        long done = state.devices().isEmpty() ? 0 : state.doneUpTo();
        return Math.max(state.last() - limit, Math.min(done, state.last()));
    }

    /** The state after an event of this inbox. */
    public static InboxState apply(InboxState state, Event.OfInbox event) {
        if (event instanceof Event.EntryAdded added) {
            return state.appended(added.position());
        }
        if (event instanceof Event.CursorMoved moved) {
            DeviceState device = state.device(moved.device());
            return device == null ? state : state.moved(device, moved.progress());
        }
        if (event instanceof Event.ConversationWithheld withheld) {
            return state.withholding(withheld.conversation(), withheld.before());
        }
        if (event instanceof Event.InboxTrimmed trimmed) {
            return state.trimmed(trimmed.upTo());
        }
        if (event instanceof Event.ConversationStarted started) {
            return state.started(new Starts(started.since(), started.count()));
        }
        if (event instanceof Event.UserSettingsChanged changed) {
            return state.decided(changed.settings());
        }
        if (event instanceof Event.PushKept || event instanceof Event.PushDue || event instanceof Event.PushSettled) {
            return state.owing(OutboxRules.apply(state, event));
        }
        if (event instanceof Event.MarkMoved || event instanceof Event.OwnChanged) {
            return state;
        }
        return SessionRules.apply(state, event);
    }

    private static boolean joins(Event.MembersChanged change, Event.EntryAdded added) {
        for (Member member : change.added()) {
            if (member.user().equals(added.user())) {
                return member.firstSeq() == change.seq();
            }
        }
        return false;
    }

    private static InboxDecision move(
            InboxState state, Function<ConversationId, @Nullable Mark> marks, Command.MoveCursor move) {
        List<Event.OfInbox> events = delivered(state, marks, move.delivered(), move.now());
        DeviceState device = state.device(move.device());
        if (device != null && move.epoch() > 0) {
            DeviceProgress to = Progress.merge(device.progress(), move.progress(), state.last());
            if (!to.equals(device.progress())) {
                events.add(new Event.CursorMoved(state.user(), move.device(), to));
            }
        }
        return done(events);
    }

    private static List<Event.OfInbox> delivered(
            InboxState state,
            Function<ConversationId, @Nullable Mark> marks,
            Map<ConversationId, Long> delivered,
            long now) {
        List<Event.OfInbox> events = new ArrayList<>(delivered.size() + 2);
        if (delivered.isEmpty()) {
            return events;
        }
        List<ConversationId> conversations = new ArrayList<>(delivered.keySet());
        conversations.sort(BY_TEXT);
        for (ConversationId conversation : conversations) {
            Mark mark = marks.apply(conversation);
            Long seq = delivered.get(conversation);
            if (mark != null && seq != null && seq > mark.delivered()) {
                events.add(new Event.MarkMoved(
                        state.user(),
                        conversation,
                        mark.delivered(seq, state.settings().showsReceipts(), now),
                        null));
            }
        }
        return events;
    }

    private static InboxDecision filters(InboxState state, Command.ChangeFilters change) {
        Reply reply = new Reply.FiltersChanged(state.last(), state.withheld());
        DeviceState device = change.device() == null ? null : state.device(change.device());
        if (device == null) {
            return new Accepted(List.of(), reply);
        }
        Map<String, Filter> next = new LinkedHashMap<>();
        for (Filter filter : device.filters()) {
            next.put(filter.topic(), filter);
        }
        for (String topic : change.remove()) {
            next.remove(topic);
        }
        for (Filter filter : change.add()) {
            next.put(filter.topic(), filter);
        }
        if (next.size() > RuleLimits.FILTERS_PER_DEVICE) {
            return new InboxDecision.Refused(Rejection.of(
                    Refusal.QUOTA, "a device has at most " + RuleLimits.FILTERS_PER_DEVICE + " subscriptions"));
        }
        List<Filter> filters = List.copyOf(next.values());
        boolean news = !device.subscribed() && !change.add().isEmpty();
        return new Accepted(
                news || !filters.equals(device.filters())
                        ? List.of(new Event.FiltersKept(state.user(), device.id(), filters))
                        : List.of(),
                reply);
    }

    private static InboxDecision trim(InboxState state, Command.TrimInbox trim) {
        long upTo = Math.min(trim.upTo(), state.last());
        if (upTo < state.first()) {
            return done(List.of());
        }
        List<Event.OfInbox> events = new ArrayList<>();
        for (DeviceState device : state.devices()) {
            if (device.isExpired(trim.now(), 0)) {
                events.add(new Event.DeviceForgotten(state.user(), device.id()));
            }
        }
        events.add(new Event.InboxTrimmed(state.user(), upTo, trim.gaps()));
        return done(events);
    }

    private static InboxDecision done(List<Event.OfInbox> events) {
        return new Accepted(events, new Reply.Done());
    }
}
