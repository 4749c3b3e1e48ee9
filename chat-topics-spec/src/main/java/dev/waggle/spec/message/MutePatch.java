package dev.waggle.spec.message;

import org.jspecify.annotations.Nullable;

/**
 * What a user wants to be told of a conversation from now on (call {@code mute}); null leaves as it is. At most one of
 * {@code seconds} and {@code until} is given.
 *
 * @param seconds how long it is muted, 0…{@link #MAX_SECONDS}; 0 ends it
 * @param until Unix milliseconds, 0…{@link OwnSettings#FOR_EVER}; what is over ends it
 * @param level what of it the user is told
 */
public record MutePatch(@Nullable Long seconds, @Nullable Long until, OwnSettings.@Nullable Level level) {
    /** Ten years; who wants longer says until when. */
    public static final long MAX_SECONDS = 315_360_000;

    /** The settings with the change, {@code at} as it was if nothing is different. */
    public OwnSettings of(OwnSettings own, long now) {
        long end = own.mutedUntil(now);
        if (seconds != null) {
            end = seconds == 0 ? 0 : now + seconds * 1_000;
        } else if (until != null) {
            end = until > now ? until : 0;
        }
        OwnSettings next = new OwnSettings(end, level == null ? own.level() : level, own.hidden(), own.at());
        return next.equals(own)
                ? own
                : new OwnSettings(next.mutedUntil(), next.level(), next.hidden(), Math.max(now, own.at() + 1));
    }
}
