package dev.waggle.broker.outbound;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.Limits;
import dev.waggle.spec.RunsOn;
import dev.waggle.spec.message.DeviceProgress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How far this device has come, and what of it the store has not been told yet. */
@RunsOn("connection")
final class Progress {
    private long cursor;
    private long sentUpTo;
    /** Acknowledged positions above the cursor, ascending. */
    private long[] above = new long[0];

    private int aboveCount;
    private Map<ConversationId, Long> delivered = Map.of();
    private boolean untold;

    void begin(DeviceProgress from) {
        cursor = from.cursor();
        sentUpTo = from.sentUpTo();
        above = from.above().stream().mapToLong(Long::longValue).sorted().toArray();
        aboveCount = above.length;
        delivered = Map.of();
        untold = false;
    }

    boolean untold() {
        return untold;
    }

    /** True if the position was acknowledged before: it is not sent again. */
    boolean isAcknowledged(long position) {
        return position <= cursor || (aboveCount > 0 && Arrays.binarySearch(above, 0, aboveCount, position) >= 0);
    }

    void sent(long position) {
        sentUpTo = Math.max(sentUpTo, position);
        untold = true;
    }

    /** A message was acknowledged: its conversation is delivered up to this seq. */
    void delivered(ConversationId conversation, long seq) {
        if (delivered.isEmpty()) {
            delivered = new HashMap<>();
        }
        delivered.merge(conversation, seq, Math::max);
        untold = true;
    }

    /** Remembers positions acknowledged out of order, as many as there is room for: losing some only repeats them. */
    void acknowledgedAbove(long from, long to) {
        untold = true;
        for (long position = from; position <= to && aboveCount < Limits.ACKED_ABOVE_CURSOR; position++) {
            int at = Arrays.binarySearch(above, 0, aboveCount, position);
            if (at < 0) {
                insert(-at - 1, position);
            }
        }
    }

    private void insert(int at, long position) {
        if (aboveCount == above.length) {
            above = Arrays.copyOf(above, Math.max(8, aboveCount * 2));
        }
        System.arraycopy(above, at, above, at + 1, aboveCount - at);
        above[at] = position;
        aboveCount++;
    }

    /** Everything at or below the position is done. */
    void moveTo(long position) {
        if (position <= cursor) {
            return;
        }
        cursor = position;
        untold = true;
        int drop = 0;
        while (drop < aboveCount && above[drop] <= position) {
            drop++;
        }
        if (drop > 0) {
            System.arraycopy(above, drop, above, 0, aboveCount - drop);
            aboveCount -= drop;
        }
    }

    long cursor() {
        return cursor;
    }

    DeviceProgress now() {
        List<Long> list = new ArrayList<>(aboveCount);
        for (int i = 0; i < aboveCount; i++) {
            list.add(above[i]);
        }
        return new DeviceProgress(cursor, list, Math.max(sentUpTo, cursor));
    }

    Map<ConversationId, Long> delivered() {
        return delivered;
    }

    /** The store takes care of what {@link #now} and {@link #delivered} said. */
    void told() {
        untold = false;
        delivered = Map.of();
    }
}
