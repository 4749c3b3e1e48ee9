package dev.waggle.auth.jwt;

import com.nimbusds.jose.jwk.ECKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Which keys the local issuer has at a time: one signs; the next is published ahead, so that nobody meets a token whose
 * key it cannot know; those that signed before stay until their last token has ended. Pure; times are Unix seconds.
 */
final class KeyPlan {
    /** Others keep published keys for minutes up to half a day: at the first signature all of them have the new one. */
    static final Duration AHEAD = Duration.ofHours(24);

    /** The longest life of a token, and an hour for clocks that were set. */
    static final Duration KEEP = TokenLifetime.MAX.plusHours(1);

    private KeyPlan() {}

    /** The key that signs now; of files without times the first. If the clock was set back behind all keys, the oldest. */
    static LocalKey signing(List<LocalKey> keys, long now) {
        LocalKey found = keys.get(0);
        for (LocalKey key : keys) {
            boolean begun = key.signsFrom() <= now;
            boolean foundBegun = found.signsFrom() <= now;
            boolean better = begun
                    ? !foundBegun || key.signsFrom() > found.signsFrom()
                    : !foundBegun && key.signsFrom() < found.signsFrom();
            found = better ? key : found;
        }
        return found;
    }

    /**
     * What the keys are to be at this time.
     *
     * @param keys not empty
     * @param life how long a key signs
     * @return equal to {@code keys} if nothing is due
     */
    static List<LocalKey> at(List<LocalKey> keys, long now, Duration life, Supplier<ECKey> fresh) {
        List<LocalKey> dated = keys.stream()
                .map(key -> key.madeAt() == LocalKey.UNKNOWN ? key.made(now) : key)
                .toList();
        LocalKey signing = signing(dated, now);
        List<LocalKey> plan = new ArrayList<>(List.of(signing));
        boolean next = false;
        for (LocalKey key : dated) {
            if (key.signsFrom() > now && key != signing) {
                plan.add(key);
                next = true;
            }
        }
        long since = Math.max(signing.signsFrom(), signing.madeAt());
        if (!next && now >= since + life.toSeconds() - AHEAD.toSeconds()) {
            plan.add(coming(fresh.get(), now, Math.max(since + life.toSeconds(), now + AHEAD.toSeconds())));
        }
        dated.stream()
                .filter(key -> key != signing && key.signsFrom() <= now)
                .map(key -> key.isOpen() ? key.ending(lastEnd(signing, now)) : key)
                .filter(key -> key.endsAt() > now)
                .sorted(Comparator.comparingLong(LocalKey::endsAt).reversed())
                .forEach(plan::add);
        return List.copyOf(plan);
    }

    /** A new key signs at once: the one before may be known to others. So may one that was to come: it goes. */
    static List<LocalKey> rotated(List<LocalKey> keys, long now, boolean dropOld, Supplier<ECKey> fresh) {
        List<LocalKey> plan = new ArrayList<>(List.of(coming(fresh.get(), now, now)));
        keys.stream()
                .filter(key -> !dropOld && key.signsFrom() <= now)
                .map(key -> key.isOpen() ? key.ending(now + KEEP.toSeconds()) : key)
                .forEach(plan::add);
        return List.copyOf(plan);
    }

    private static LocalKey coming(ECKey pair, long madeAt, long signsFrom) {
        return new LocalKey(pair, madeAt, signsFrom, LocalKey.OPEN);
    }

    /** Of the tokens of a key that this one has followed. */
    private static long lastEnd(LocalKey follower, long now) {
        return (follower.signsFrom() == 0 ? now : follower.signsFrom()) + KEEP.toSeconds();
    }
}
