package dev.waggle.store.storage;

import dev.waggle.spec.DeviceId;
import java.util.Map;

/**
 * What is due of pushes to a user; there is none while nothing is.
 *
 * @param from the first position of the inbox that somebody may have to be woken for
 * @param at when it came, Unix milliseconds
 * @param handled for devices of which it is known: the position up to which nothing is left to be done
 */
public record OutboxRow(long from, long at, Map<DeviceId, Long> handled) {
    public OutboxRow {
        handled = Map.copyOf(handled);
    }
}
