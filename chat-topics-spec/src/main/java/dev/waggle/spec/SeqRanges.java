package dev.waggle.spec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A set of seqs of one conversation, as the fewest ranges that say it. Immutable; equal sets are equal.
 *
 * @param ranges ascending, and between two of them at least one seq is missing
 */
public record SeqRanges(List<SeqRange> ranges) {
    public static final SeqRanges NONE = new SeqRanges(List.of());

    /** Takes ranges in any order, overlapping or not. */
    public SeqRanges {
        ranges = joined(ranges);
    }

    public static SeqRanges of(long from, long to) {
        return new SeqRanges(List.of(new SeqRange(from, to)));
    }

    /** Each of these seqs, in any order. */
    public static SeqRanges ofEach(List<Long> seqs) {
        List<SeqRange> each = new ArrayList<>(seqs.size());
        for (long seq : seqs) {
            each.add(new SeqRange(seq, seq));
        }
        return new SeqRanges(each);
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** How many seqs; {@link Long#MAX_VALUE} if they are more than that. */
    public long count() {
        long count = 0;
        for (SeqRange range : ranges) {
            long size = range.to() - range.from() + 1;
            if (size > Long.MAX_VALUE - count) {
                return Long.MAX_VALUE;
            }
            count += size;
        }
        return count;
    }

    /** The lowest, or 0 if there is none. */
    public long first() {
        return isEmpty() ? 0 : ranges.get(0).from();
    }

    /** The highest, or 0 if there is none. */
    public long last() {
        return isEmpty() ? 0 : ranges.get(ranges.size() - 1).to();
    }

    public boolean contains(long seq) {
        int low = 0;
        int high = ranges.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            SeqRange range = ranges.get(middle);
            if (seq < range.from()) {
                high = middle - 1;
            } else if (seq > range.to()) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    /** Those of {@code first}…{@code last}; none if {@code last} is below {@code first}. */
    public SeqRanges within(long first, long last) {
        List<SeqRange> inside = new ArrayList<>();
        for (SeqRange range : ranges) {
            long from = Math.max(first, range.from());
            long to = Math.min(last, range.to());
            if (from <= to) {
                inside.add(new SeqRange(from, to));
            }
        }
        return new SeqRanges(inside);
    }

    /** All seqs of both. */
    public SeqRanges with(SeqRanges others) {
        List<SeqRange> both = new ArrayList<>(ranges);
        both.addAll(others.ranges);
        return new SeqRanges(both);
    }

    /** The seqs, ascending; only for sets known to be small. */
    public List<Long> each() {
        List<Long> seqs = new ArrayList<>();
        for (SeqRange range : ranges) {
            for (long seq = range.from(); seq <= range.to(); seq++) {
                seqs.add(seq);
            }
        }
        return seqs;
    }

    private static List<SeqRange> joined(List<SeqRange> some) {
        List<SeqRange> sorted = new ArrayList<>(some);
        sorted.sort(Comparator.comparingLong(SeqRange::from));
        List<SeqRange> fewest = new ArrayList<>(sorted.size());
        for (SeqRange range : sorted) {
            int last = fewest.size() - 1;
            if (last >= 0 && range.from() - 1 <= fewest.get(last).to()) {
                SeqRange before = fewest.get(last);
                fewest.set(last, new SeqRange(before.from(), Math.max(before.to(), range.to())));
            } else {
                fewest.add(range);
            }
        }
        return List.copyOf(fewest);
    }
}
