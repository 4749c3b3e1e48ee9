package dev.waggle.broker.outbound;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.Limits;
import dev.waggle.spec.RunsOn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries sent on this connection and not acknowledged, ascending by position, which is the order in which nearly all
 * of them are added. A gap may stand for several positions.
 * Parallel arrays, because a table has at most a window of rows and every message passes through it.
 */
@RunsOn("connection")
final class Flights {
    /** {@link #find}: nothing in flight has this packet id. */
    static final int UNKNOWN = -1;

    /** Most devices are idle and have nothing in flight. */
    private static final int LEAST_ROWS = 4;

    private long[] first = new long[0];
    private long[] last = new long[0];
    private int[] bytes = new int[0];
    /** Null for a gap. */
    private @Nullable ConversationId[] conversation = new @Nullable ConversationId[0];

    private long[] seq = new long[0];
    private int count;
    private int totalBytes;

    /** The packet id of an inbox position: the same after a restart with nothing stored. */
    static int packetId(long position) {
        return Limits.FIRST_ENTRY_PACKET_ID + (int) (position % Limits.ENTRY_PACKET_IDS);
    }

    int count() {
        return count;
    }

    int bytes() {
        return totalBytes;
    }

    /** True if no packet id in flight can be the one of {@code position}. */
    boolean idIsFree(long position) {
        return count == 0
                || (position - last[0] < Limits.ENTRY_PACKET_IDS
                        && last[count - 1] - position < Limits.ENTRY_PACKET_IDS);
    }

    /** The lowest position that is not acknowledged; only if there is one. */
    long lowest() {
        return first[0];
    }

    void addEntry(long position, ConversationId entryConversation, long entrySeq, int size) {
        add(position, position, entryConversation, entrySeq, size);
    }

    void addGap(long from, long to, int size) {
        add(from, to, null, 0, size);
    }

    private void add(long from, long to, @Nullable ConversationId of, long entrySeq, int size) {
        if (count == first.length) {
            grow();
        }
        int row = count;
        while (row > 0 && last[row - 1] > to) {
            row--;
        }
        move(row, row + 1, count - row);
        first[row] = from;
        last[row] = to;
        conversation[row] = of;
        seq[row] = entrySeq;
        bytes[row] = size;
        totalBytes += size;
        count++;
    }

    /** The row with this packet id, or {@link #UNKNOWN}. Most acknowledgements are for row 0. */
    int find(int packetId) {
        for (int row = 0; row < count; row++) {
            if (packetId(last[row]) == packetId) {
                return row;
            }
        }
        return UNKNOWN;
    }

    long first(int row) {
        return first[row];
    }

    long last(int row) {
        return last[row];
    }

    /** The conversation of an entry, or null for a gap. */
    @Nullable
    ConversationId conversation(int row) {
        return conversation[row];
    }

    long seq(int row) {
        return seq[row];
    }

    void remove(int row) {
        totalBytes -= bytes[row];
        count--;
        move(row + 1, row, count - row);
        conversation[count] = null;
    }

    private void move(int from, int to, int rows) {
        if (rows > 0) {
            System.arraycopy(first, from, first, to, rows);
            System.arraycopy(last, from, last, to, rows);
            System.arraycopy(bytes, from, bytes, to, rows);
            System.arraycopy(conversation, from, conversation, to, rows);
            System.arraycopy(seq, from, seq, to, rows);
        }
    }

    /** Positions of entries in flight, without gaps: those may be set aside one day. */
    List<Long> entries() {
        List<Long> positions = new ArrayList<>(count);
        for (int row = 0; row < count; row++) {
            if (conversation[row] != null) {
                positions.add(last[row]);
            }
        }
        return positions;
    }

    private void grow() {
        int size = Math.max(LEAST_ROWS, count * 2);
        first = Arrays.copyOf(first, size);
        last = Arrays.copyOf(last, size);
        bytes = Arrays.copyOf(bytes, size);
        conversation = Arrays.copyOf(conversation, size);
        seq = Arrays.copyOf(seq, size);
    }
}
