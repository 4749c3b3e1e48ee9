package dev.waggle.push.rules;

import dev.waggle.push.registration.PushSettings;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import java.util.List;
import java.util.Map;

/**
 * All that a decision looks at, as it is at one moment, for one user.
 *
 * @param now Unix milliseconds
 * @param last last position of the inbox
 * @param devices those that can be woken
 * @param activity of all connected devices, also those that cannot be woken: when a person last did something there, Unix
 *     milliseconds
 * @param waiting ascending by position, from the lowest {@code handled} of the devices on
 * @param more true: there is more than was listed; it begins after the last one listed
 * @param badge messages that the user has not read, in all conversations
 */
public record Situation(
        UserId user,
        long now,
        long last,
        List<Sleeper> devices,
        Map<DeviceId, Long> activity,
        List<Waiting> waiting,
        boolean more,
        PushSettings settings,
        int badge) {
    public Situation {
        devices = List.copyOf(devices);
        activity = Map.copyOf(activity);
        waiting = List.copyOf(waiting);
    }

    /** The same for these devices alone. */
    public Situation of(List<Sleeper> some) {
        return new Situation(user, now, last, some, activity, waiting, more, settings, badge);
    }

    /** The same for these devices and these entries alone. */
    public Situation of(List<Sleeper> some, List<Waiting> about) {
        return new Situation(user, now, last, some, activity, about, false, settings, badge);
    }

    /** The position that is dealt with once nothing that was listed waits any more. */
    long end() {
        if (!more) {
            return last;
        }
        return waiting.isEmpty() ? 0 : waiting.get(waiting.size() - 1).position();
    }
}
