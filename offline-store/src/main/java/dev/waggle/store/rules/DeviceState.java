package dev.waggle.store.rules;

import dev.waggle.spec.DeviceId;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The record of a durable device. Immutable.
 *
 * @param epoch of its latest session
 * @param subscribed it has had its first SUBSCRIBE
 * @param filters in force
 * @param expirySeconds how long the record outlives {@code lastSeen}
 * @param lastSeen Unix milliseconds
 * @param onlineSince when the connection opened that has not been closed, or 0
 * @param progress in the inbox
 * @param ended how many connections in a row ended with this position unacknowledged
 * @param packets QoS 2 packet ids that wait for PUBREL
 * @param marksAt marks of others that changed before this time are known to the device, Unix milliseconds
 */
public record DeviceState(
        DeviceId id,
        long epoch,
        boolean subscribed,
        List<Filter> filters,
        long expirySeconds,
        long lastSeen,
        long onlineSince,
        DeviceProgress progress,
        Map<Long, Integer> ended,
        List<PacketAnswer> packets,
        long marksAt) {
    public DeviceState {
        filters = List.copyOf(filters);
        ended = ended.isEmpty() ? Map.of() : Map.copyOf(withoutDone(ended, progress));
        packets = List.copyOf(packets);
    }

    /**
     * True if the record has outlived its expiry. A connection that an earlier process left open was there at least
     * until that process ended, at the latest when this one began.
     *
     * @param bootedAt when this process began, or 0 if the caller does not know: then an open connection counts as open
     */
    boolean isExpired(long now, long bootedAt) {
        long seen = lastSeen;
        if (onlineSince != 0) {
            if (onlineSince >= bootedAt) {
                return false;
            }
            if (expirySeconds == 0) {
                return true;
            }
            seen = bootedAt;
        }
        return seen + expirySeconds * 1_000 < now;
    }

    @Nullable
    PacketAnswer packet(int packetId) {
        for (PacketAnswer packet : packets) {
            if (packet.packetId() == packetId) {
                return packet;
            }
        }
        return null;
    }

    DeviceState opened(long nextEpoch, long expiry, long at) {
        return new DeviceState(id, nextEpoch, subscribed, filters, expiry, at, at, progress, ended, packets, marksAt);
    }

    DeviceState moved(DeviceProgress to) {
        return new DeviceState(
                id, epoch, subscribed, filters, expirySeconds, lastSeen, onlineSince, to, ended, packets, marksAt);
    }

    DeviceState closed(long expiry, DeviceProgress to, List<Long> unacknowledged, long knowsMarksAt, long at) {
        TreeMap<Long, Integer> counts = withoutDone(ended, to);
        for (Long position : unacknowledged) {
            if (!Progress.isDone(to, position)) {
                counts.merge(position, 1, Integer::sum);
            }
        }
        while (counts.size() > RuleLimits.COUNTED_POSITIONS) {
            counts.pollLastEntry();
        }
        return new DeviceState(id, epoch, subscribed, filters, expiry, at, 0, to, counts, packets, knowsMarksAt);
    }

    DeviceState filtered(List<Filter> kept) {
        return new DeviceState(
                id, epoch, true, kept, expirySeconds, lastSeen, onlineSince, progress, ended, packets, marksAt);
    }

    DeviceState taking(PacketAnswer packet) {
        List<PacketAnswer> next = new ArrayList<>(packets.size() + 1);
        next.addAll(packets);
        next.add(packet);
        return with(next);
    }

    DeviceState releasing(int packetId) {
        List<PacketAnswer> next = new ArrayList<>(packets.size());
        for (PacketAnswer packet : packets) {
            if (packet.packetId() != packetId) {
                next.add(packet);
            }
        }
        return with(next);
    }

    private DeviceState with(List<PacketAnswer> next) {
        return new DeviceState(
                id, epoch, subscribed, filters, expirySeconds, lastSeen, onlineSince, progress, ended, next, marksAt);
    }

    private static TreeMap<Long, Integer> withoutDone(Map<Long, Integer> ended, DeviceProgress progress) {
        TreeMap<Long, Integer> left = new TreeMap<>(ended);
        left.keySet().removeIf(position -> Progress.isDone(progress, position));
        return left;
    }
}
