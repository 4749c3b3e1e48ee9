package dev.waggle.store.storage;

import dev.waggle.spec.message.Filter;
import java.util.List;
import java.util.Map;

/**
 * The record of a durable device. Its cursor is a row of its own, because that one is written often and unsynced.
 *
 * @param epoch number of its latest session
 * @param subscribed it has had its first SUBSCRIBE, whatever is left of it
 * @param filters in force
 * @param expirySeconds how long the record outlives {@code lastSeen}
 * @param lastSeen when it was last known to be connected, Unix milliseconds
 * @param onlineSince when the connection opened that has not been closed, Unix milliseconds, or 0
 * @param ended how many connections in a row ended with this position unacknowledged
 * @param marksAt marks of others that changed before this time are known to the device, Unix milliseconds
 */
public record DeviceRow(
        long epoch,
        boolean subscribed,
        List<Filter> filters,
        long expirySeconds,
        long lastSeen,
        long onlineSince,
        Map<Long, Integer> ended,
        long marksAt) {
    public DeviceRow {
        filters = List.copyOf(filters);
        ended = Map.copyOf(ended);
    }
}
