package dev.waggle.store.rules;

import dev.waggle.spec.Limits;
import dev.waggle.spec.message.DeviceProgress;
import java.util.List;
import java.util.TreeSet;

/** Arithmetic of how far a device has come: it only ever moves forward and never past the end of the inbox. */
final class Progress {
    private Progress() {}

    static boolean isDone(DeviceProgress progress, long position) {
        return position <= progress.cursor() || progress.above().contains(position);
    }

    /** Both together, the cursor moved over what is done behind it; equal to {@code old} if {@code news} has no news. */
    static DeviceProgress merge(DeviceProgress old, DeviceProgress news, long end) {
        long cursor = Math.max(old.cursor(), Math.min(news.cursor(), end));
        long sent = Math.max(old.sentUpTo(), Math.min(news.sentUpTo(), end));
        if (old.above().isEmpty() && news.above().isEmpty()) {
            return new DeviceProgress(cursor, List.of(), Math.max(sent, cursor));
        }
        TreeSet<Long> above = new TreeSet<>(old.above());
        above.addAll(news.above());
        above.headSet(cursor, true).clear();
        above.tailSet(end, false).clear();
        while (!above.isEmpty() && above.first() == cursor + 1) {
            cursor++;
            above.pollFirst();
        }
        while (above.size() > Limits.ACKED_ABOVE_CURSOR) {
            above.pollLast();
        }
        return new DeviceProgress(cursor, List.copyOf(above), Math.max(sent, cursor));
    }
}
