package dev.waggle.spec.message;

import java.util.Collections;
import java.util.List;

/**
 * How far a device has come in its user's inbox.
 *
 * @param cursor every position at or below it is done (acknowledged or passed over)
 * @param above acknowledged positions above the cursor, ascending, at most 256
 * @param sentUpTo highest position ever sent; at or below it a PUBLISH carries DUP
 */
public record DeviceProgress(long cursor, List<Long> above, long sentUpTo) {
    public DeviceProgress {
        above = List.copyOf(above);
    }

    /** True if the position is acknowledged or passed over. */
    public boolean isDone(long position) {
        return position <= cursor || Collections.binarySearch(above, position) >= 0;
    }

    public static DeviceProgress at(long position) {
        return new DeviceProgress(position, List.of(), position);
    }
}
