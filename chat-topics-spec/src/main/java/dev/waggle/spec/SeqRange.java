package dev.waggle.spec;

/**
 * Seqs of one conversation that follow each other.
 *
 * @param from the first, 1 or more
 * @param to the last, at least {@code from}
 */
public record SeqRange(long from, long to) {
    public SeqRange {
        if (from < 1 || to < from) {
            throw new IllegalArgumentException("a range of seqs is 1 <= from <= to");
        }
    }
}
