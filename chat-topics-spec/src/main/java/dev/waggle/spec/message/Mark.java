package dev.waggle.spec.message;

/**
 * One user's view of one conversation: where it begins and how far it has got (PROTOCOL §4, §5). Only moves forward.
 * Times are Unix milliseconds.
 *
 * @param firstSeq the view begins here; after a removal and a new joining, at the new joining
 * @param delivered highest seq that any of the user's devices acknowledged, {@code firstSeq - 1} if none did
 * @param read highest seq the user has read, {@code firstSeq - 1} if none
 * @param shownDelivered what others are told of {@code delivered}
 * @param shownRead what others are told of {@code read}: not what was read in private
 * @param shownAt when what others are told changed, 0 if it never did
 * @param readAt when {@code read} changed, 0 if it never did
 */
public record Mark(
        long firstSeq, long delivered, long read, long shownDelivered, long shownRead, long shownAt, long readAt) {

    /** A view that begins: nothing is delivered, nothing is read. */
    public static Mark from(long firstSeq) {
        return of(firstSeq, firstSeq - 1, firstSeq - 1);
    }

    /** A view of which others know everything, for ever. */
    public static Mark of(long firstSeq, long delivered, long read) {
        return new Mark(firstSeq, delivered, read, delivered, read, 0, 0);
    }

    /**
     * A device acknowledged everything up to {@code seq}.
     *
     * @param shown false if others are not to be told
     */
    public Mark delivered(long seq, boolean shown, long at) {
        if (seq <= delivered) {
            return this;
        }
        return new Mark(firstSeq, seq, read, shown ? seq : shownDelivered, shownRead, shown ? at : shownAt, readAt);
    }

    /**
     * The user has read everything up to {@code seq}, and so has it.
     *
     * @param shown false if others are not to be told
     */
    public Mark read(long seq, boolean shown, long at) {
        boolean moved = seq > read;
        boolean told = shown && (seq > shownRead || seq > shownDelivered);
        if (!moved && !told) {
            return this;
        }
        return new Mark(
                firstSeq,
                Math.max(delivered, seq),
                Math.max(read, seq),
                told ? Math.max(shownDelivered, seq) : shownDelivered,
                told ? Math.max(shownRead, seq) : shownRead,
                told ? at : shownAt,
                moved ? at : readAt);
    }
}
