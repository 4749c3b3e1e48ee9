package dev.waggle.store.rules;

import dev.waggle.spec.Limits;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import dev.waggle.spec.message.Reply;
import dev.waggle.store.rules.InboxDecision.Accepted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of device records: Session Present, where a device goes on, what the end of a connection leaves. */
final class SessionRules {
    private final RuleLimits limits;

    SessionRules(RuleLimits limits) {
        this.limits = limits;
    }

    InboxDecision open(InboxState state, Command.OpenSession open) {
        List<Event.OfInbox> events = new ArrayList<>();
        DeviceState found = null;
        int others = 0;
        for (DeviceState device : state.devices()) {
            boolean mine = device.id().equals(open.device());
            if (device.isExpired(open.now(), open.bootedAt()) || (mine && open.cleanStart())) {
                events.add(new Event.DeviceForgotten(state.user(), device.id()));
            } else if (mine) {
                found = device;
            } else {
                others++;
            }
        }
        long expiry = Math.min(open.expirySeconds(), limits.expirySeconds());
        if (found != null) {
            return resume(state, open, found, expiry, events);
        }
        if (expiry > 0) {
            if (others >= limits.devicesPerUser()) {
                return new InboxDecision.Refused(Rejection.of(
                        Refusal.QUOTA,
                        "a user has at most " + limits.devicesPerUser()
                                + " durable devices; drop one with device.forget or connect with session expiry 0"));
            }
            return begin(state, open, expiry, events);
        }
        if (!state.everSeen()) {
            events.add(new Event.DeviceOpened(state.user(), open.device(), 0, true, state.last(), 0, open.now()));
        }
        return opened(state, open, events, false, 0, null, DeviceProgress.at(state.last()), 0);
    }

    /** Ends a connection: an older session's end only moves the cursor, a transient one's not even that. */
    void close(InboxState state, Command.CloseSession close, List<Event.OfInbox> events) {
        DeviceState device = state.device(close.device());
        if (device == null || close.epoch() == 0) {
            return;
        }
        DeviceProgress to = Progress.merge(device.progress(), close.progress(), state.last());
        if (close.epoch() != device.epoch() || device.onlineSince() == 0) {
            if (!to.equals(device.progress())) {
                events.add(new Event.CursorMoved(state.user(), device.id(), to));
            }
        } else if (close.expirySeconds() == 0) {
            events.add(new Event.DeviceForgotten(state.user(), device.id()));
        } else {
            events.add(new Event.DeviceClosed(
                    state.user(),
                    device.id(),
                    device.epoch(),
                    Math.min(close.expirySeconds(), limits.expirySeconds()),
                    to,
                    close.unacknowledged(),
                    close.marksAt(),
                    close.now()));
        }
    }

    static InboxDecision forget(InboxState state, Command.ForgetDevice forget) {
        List<Event.OfInbox> events = new ArrayList<>(2);
        if (state.device(forget.device()) != null) {
            events.add(new Event.DeviceForgotten(state.user(), forget.device()));
        }
        long registered = state.outbox().version(forget.device());
        if (registered != 0) {
            events.add(new Event.PushKept(state.user(), forget.device(), registered, null));
        }
        return new Accepted(events, new Reply.DeviceForgotten(!events.isEmpty()));
    }

    static InboxState apply(InboxState state, Event.OfInbox event) {
        if (event instanceof Event.DeviceOpened opened) {
            return opened(state, opened);
        }
        if (event instanceof Event.DeviceForgotten forgotten) {
            return state.without(forgotten.device()).pruned();
        }
        if (event instanceof Event.DeviceClosed closed) {
            DeviceState device = state.device(closed.device());
            return device == null
                    ? state
                    : state.with(device.closed(
                                    closed.expirySeconds(),
                                    closed.progress(),
                                    closed.unacknowledged(),
                                    closed.marksAt(),
                                    closed.at()))
                            .pruned();
        }
        if (event instanceof Event.FiltersKept kept) {
            DeviceState device = state.device(kept.device());
            return device == null ? state : state.with(device.filtered(kept.filters()));
        }
        if (event instanceof Event.PacketTaken taken) {
            DeviceState device = state.device(taken.device());
            return device == null
                    ? state
                    : state.with(device.taking(new PacketAnswer(taken.packetId(), taken.seq(), taken.ts())));
        }
        if (event instanceof Event.PacketReleased released) {
            DeviceState device = state.device(released.device());
            return device == null ? state : state.with(device.releasing(released.packetId()));
        }
        throw new IllegalStateException("no rule for " + event.getClass().getSimpleName());
    }

    private static InboxState opened(InboxState state, Event.DeviceOpened opened) {
        DeviceState device = state.device(opened.device());
        if (!opened.fresh()) {
            return device == null
                    ? state
                    : state.with(device.opened(opened.epoch(), opened.expirySeconds(), opened.at()))
                            .pruned();
        }
        if (opened.epoch() == 0) {
            return state.seen();
        }
        return state.with(new DeviceState(
                opened.device(),
                opened.epoch(),
                false,
                List.of(),
                opened.expirySeconds(),
                opened.at(),
                opened.at(),
                new DeviceProgress(opened.cursor(), List.of(), opened.cursor()),
                Map.of(),
                List.of(),
                opened.at()));
    }

    private static InboxDecision resume(
            InboxState state, Command.OpenSession open, DeviceState found, long expiry, List<Event.OfInbox> events) {
        long epoch = state.lastEpoch() + 1;
        boolean crashed = found.onlineSince() != 0 && found.onlineSince() < open.bootedAt();
        events.add(new Event.DeviceOpened(
                state.user(), found.id(), epoch, false, found.progress().cursor(), expiry, open.now()));
        return opened(state, open, events, true, epoch, found, found.progress(), crashed ? open.bootedAt() : 0);
    }

    private static InboxDecision begin(
            InboxState state, Command.OpenSession open, long expiry, List<Event.OfInbox> events) {
        long epoch = state.lastEpoch() + 1;
        long cursor = state.everDurable() ? state.last() : 0;
        events.add(new Event.DeviceOpened(state.user(), open.device(), epoch, true, cursor, expiry, open.now()));
        return opened(state, open, events, false, epoch, null, DeviceProgress.at(cursor), 0);
    }

    private static InboxDecision opened(
            InboxState state,
            Command.OpenSession open,
            List<Event.OfInbox> events,
            boolean present,
            long epoch,
            @Nullable DeviceState device,
            DeviceProgress progress,
            long dupBefore) {
        long below = Math.max(progress.cursor(), state.first() - 1);
        long waiting = Math.max(0, state.last() - below - progress.above().size());
        Set<Long> setAside = new HashSet<>();
        Set<Integer> packets = new HashSet<>();
        if (device != null) {
            device.ended().forEach((position, times) -> {
                if (times >= Limits.SET_ASIDE_AFTER) {
                    setAside.add(position);
                }
            });
            device.packets().forEach(packet -> packets.add(packet.packetId()));
        }
        return new Accepted(
                events,
                new Reply.SessionOpened(
                        present,
                        epoch,
                        device != null && device.subscribed(),
                        device == null ? List.of() : device.filters(),
                        progress,
                        dupBefore,
                        state.last(),
                        waiting,
                        state.withheld(),
                        Set.copyOf(setAside),
                        Set.copyOf(packets),
                        device == null ? open.now() : device.marksAt()));
    }
}
