package dev.waggle.spec.message;

import dev.waggle.spec.SeqRanges;
import java.util.Locale;
import java.util.Optional;

/**
 * What a user has set for one conversation, for the user's devices alone (topic {@code mine}).
 *
 * @param mutedUntil Unix milliseconds, at most {@link #FOR_EVER}; 0: not muted
 * @param level what the user is told of
 * @param hidden messages that the user deleted for itself, at most {@link #MOST_RANGES} ranges
 * @param at when this was last changed, Unix milliseconds, 0 if never
 */
public record OwnSettings(long mutedUntil, Level level, SeqRanges hidden, long at) {
    /** Ranges of hidden messages: they are read with each page of the conversation. */
    public static final int MOST_RANGES = 256;

    /** The end of the year 9999 UTC, Unix milliseconds: it fits into the numbers of every language that reads JSON. */
    public static final long FOR_EVER = 253_402_300_799_999L;

    /** What counts while nothing was set. */
    public static final OwnSettings NONE = new OwnSettings(0, Level.ALL, SeqRanges.NONE, 0);

    /** What of a conversation the user is told. */
    public enum Level {
        ALL,
        MENTIONS,
        NONE;

        /** As it stands in JSON. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The level of this code, if there is one. */
        public static Optional<Level> of(String code) {
            for (Level level : values()) {
                if (level.code().equals(code)) {
                    return Optional.of(level);
                }
            }
            return Optional.empty();
        }
    }

    public OwnSettings hiding(SeqRanges now, long changedAt) {
        return new OwnSettings(mutedUntil, level, now, changedAt);
    }

    /** When the mute ends, Unix milliseconds, or 0 if there is none at that time. */
    public long mutedUntil(long now) {
        return mutedUntil > now ? mutedUntil : 0;
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
