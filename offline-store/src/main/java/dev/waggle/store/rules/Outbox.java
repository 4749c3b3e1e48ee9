package dev.waggle.store.rules;

import dev.waggle.spec.DeviceId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which devices of a user can be woken, and what is due for them. Immutable.
 *
 * @param versions of the registrations
 * @param from the first position of the inbox that somebody may have to be woken for, or 0: nothing is due
 * @param at when it came, Unix milliseconds, or 0
 * @param handled positions up to which nothing is left to be done for a device; missing: nothing was done yet
 */
public record Outbox(Map<DeviceId, Long> versions, long from, long at, Map<DeviceId, Long> handled) {
    /** Nobody can be woken. */
    public static final Outbox NONE = new Outbox(Map.of(), 0, 0, Map.of());

    public Outbox {
        versions = Map.copyOf(versions);
        handled = Map.copyOf(handled);
    }

    /** True while there is a device that can be woken. */
    boolean wants() {
        return !versions.isEmpty();
    }

    /** Version of a device's registration, or 0. */
    long version(DeviceId device) {
        return versions.getOrDefault(device, 0L);
    }

    Set<DeviceId> devices() {
        return versions.keySet();
    }

    /** A device that comes anew has to do with what comes from now on. */
    Outbox registered(DeviceId device, long version, long last) {
        Map<DeviceId, Long> next = new TreeMap<>(versions);
        boolean fresh = next.put(device, version) == null;
        return fresh && from > 0
                ? new Outbox(next, from, at, with(handled, device, last))
                : new Outbox(next, from, at, handled);
    }

    Outbox unregistered(DeviceId device, long last) {
        Map<DeviceId, Long> next = new TreeMap<>(versions);
        next.remove(device);
        Map<DeviceId, Long> rest = new HashMap<>(handled);
        rest.remove(device);
        return new Outbox(next, from, at, rest).settled(Map.of(), last);
    }

    Outbox due(long position, long now) {
        return new Outbox(versions, position, now, Map.of());
    }

    /** Nothing is due any more when every device is done with all there is. */
    Outbox settled(Map<DeviceId, Long> done, long last) {
        if (from == 0) {
            return this;
        }
        Map<DeviceId, Long> next = new HashMap<>(handled);
        done.forEach((device, position) -> {
            if (versions.containsKey(device)) {
                next.merge(device, Math.min(position, last), Math::max);
            }
        });
        long lowest = last;
        for (DeviceId device : versions.keySet()) {
            lowest = Math.min(lowest, next.getOrDefault(device, from - 1));
        }
        return lowest >= last
                ? new Outbox(versions, 0, 0, Map.of())
                : new Outbox(versions, Math.max(from, lowest + 1), at, next);
    }

    private static Map<DeviceId, Long> with(Map<DeviceId, Long> handled, DeviceId device, long position) {
        Map<DeviceId, Long> next = new HashMap<>(handled);
        next.merge(device, position, Math::max);
        return next;
    }
}
