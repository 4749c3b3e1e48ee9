package dev.waggle.store.rules;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.UserSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The head of one user's inbox, with its devices; the entries themselves are on disk. Immutable; an entry more shares
 * everything but two numbers with the state before it.
 *
 * @param first no entry stands below it, only gaps
 * @param last the last position ever given, 0 if none was
 * @param everSeen the user has opened a session at least once
 * @param everDurable the user has had a durable device at least once
 * @param lastEpoch highest epoch given to a session of any device
 * @param withheld entries of these conversations below these positions must not go out
 * @param starts one-to-one conversations that the user started lately
 * @param settings of the user
 * @param outbox of pushes
 * @param devices the durable devices in order of their ids
 */
public record InboxState(
        UserId user,
        long first,
        long last,
        boolean everSeen,
        boolean everDurable,
        long lastEpoch,
        Map<ConversationId, Long> withheld,
        Starts starts,
        UserSettings settings,
        Outbox outbox,
        List<DeviceState> devices) {
    public InboxState {
        withheld = Map.copyOf(withheld);
        devices = List.copyOf(devices);
    }

    /** The inbox of a user of whom nothing is known. */
    public static InboxState none(UserId user) {
        return new InboxState(
                user, 1, 0, false, false, 0, Map.of(), Starts.NONE, UserSettings.USUAL, Outbox.NONE, List.of());
    }

    public @Nullable DeviceState device(DeviceId id) {
        for (DeviceState device : devices) {
            if (device.id().equals(id)) {
                return device;
            }
        }
        return null;
    }

    /**
     * Every position at or below it is done for everybody who could ever ask: for all devices, or, if there is none but
     * there was one, for the next, which begins at the end.
     */
    public long doneUpTo() {
        if (devices.isEmpty()) {
            return everDurable ? last : 0;
        }
        long lowest = Long.MAX_VALUE;
        for (DeviceState device : devices) {
            lowest = Math.min(lowest, device.progress().cursor());
        }
        return lowest;
    }

    InboxState appended(long position) {
        return new InboxState(
                user, first, position, everSeen, everDurable, lastEpoch, withheld, starts, settings, outbox, devices);
    }

    InboxState seen() {
        return new InboxState(
                user, first, last, true, everDurable, lastEpoch, withheld, starts, settings, outbox, devices);
    }

    InboxState started(Starts now) {
        return new InboxState(
                user, first, last, everSeen, everDurable, lastEpoch, withheld, now, settings, outbox, devices);
    }

    InboxState decided(UserSettings next) {
        return new InboxState(
                user, first, last, everSeen, everDurable, lastEpoch, withheld, starts, next, outbox, devices);
    }

    InboxState owing(Outbox next) {
        return new InboxState(
                user, first, last, everSeen, everDurable, lastEpoch, withheld, starts, settings, next, devices);
    }

    InboxState trimmed(long upTo) {
        return new InboxState(
                        user,
                        upTo + 1,
                        last,
                        everSeen,
                        everDurable,
                        lastEpoch,
                        withheld,
                        starts,
                        settings,
                        outbox,
                        devices)
                .pruned();
    }

    InboxState withholding(ConversationId conversation, long before) {
        Map<ConversationId, Long> next = new HashMap<>(withheld);
        next.merge(conversation, before, Math::max);
        return new InboxState(
                user, first, last, everSeen, everDurable, lastEpoch, next, starts, settings, outbox, devices);
    }

    /** With this record in the place of the one of the same id; the user has had a durable device from now on. */
    InboxState with(DeviceState device) {
        List<DeviceState> next = new ArrayList<>(devices.size() + 1);
        boolean placed = false;
        for (DeviceState other : devices) {
            int order = other.id().compareTo(device.id());
            if (order >= 0 && !placed) {
                next.add(device);
                placed = true;
            }
            if (order != 0) {
                next.add(other);
            }
        }
        if (!placed) {
            next.add(device);
        }
        return new InboxState(
                user,
                first,
                last,
                true,
                true,
                Math.max(lastEpoch, device.epoch()),
                withheld,
                starts,
                settings,
                outbox,
                next);
    }

    InboxState without(DeviceId id) {
        List<DeviceState> next = new ArrayList<>(devices.size());
        for (DeviceState device : devices) {
            if (!device.id().equals(id)) {
                next.add(device);
            }
        }
        return new InboxState(
                user, first, last, everSeen, everDurable, lastEpoch, withheld, starts, settings, outbox, next);
    }

    /** A device that has not moved keeps its record; the others share everything with the state before. */
    InboxState moved(DeviceState device, DeviceProgress to) {
        return with(device.moved(to));
    }

    /**
     * Without the withheld conversations of which nothing is left to withhold. What was done stays done after a crash,
     * because the log keeps a prefix: if this is on disk, so are the cursors it followed from.
     */
    InboxState pruned() {
        if (withheld.isEmpty()) {
            return this;
        }
        long nothingBelow = Math.max(doneUpTo() + 1, first);
        Map<ConversationId, Long> next = new HashMap<>(withheld);
        next.values().removeIf(before -> before <= nothingBelow);
        return next.size() == withheld.size()
                ? this
                : new InboxState(
                        user, first, last, everSeen, everDurable, lastEpoch, next, starts, settings, outbox, devices);
    }
}
