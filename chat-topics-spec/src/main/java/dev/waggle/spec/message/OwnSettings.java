package dev.waggle.spec.message;

import dev.waggle.spec.SeqRanges;

/**
 * What a user has set for one conversation, for the user's devices alone (topic {@code mine}).
 *
 * @param mutedUntil Unix milliseconds; 0: not muted
 * @param level what the user is told of
 * @param hidden messages that the user deleted for itself, at most {@link #MOST_RANGES} ranges
 * @param at when this was last changed, Unix milliseconds, 0 if never
 */
public record OwnSettings(long mutedUntil, Level level, SeqRanges hidden, long at) {
    /** Ranges of hidden messages: they are read with each page of the conversation. */
    public static final int MOST_RANGES = 256;

    /** What counts while nothing was set. */
    public static final OwnSettings NONE = new OwnSettings(0, Level.ALL, SeqRanges.NONE, 0);

    /** What of a conversation the user is told. */
    public enum Level {
        ALL,
        MENTIONS,
        NONE
    }

    public OwnSettings hiding(SeqRanges now, long changedAt) {
        return new OwnSettings(mutedUntil, level, now, changedAt);
    }

    /** True if the user does not see the entry: a hidden message, or what became of it. */
    public boolean hides(Event.LogEntry entry) {
        if (hidden.isEmpty()) {
            return false;
        }
        if (entry instanceof Event.MessageEdited edited) {
            return hidden.contains(edited.target());
        }
        return (entry instanceof Event.MessageStored || (entry instanceof Event.MessageErased erased && !erased.edit()))
                && hidden.contains(entry.seq());
    }
}
