package dev.waggle.auth.account;

import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The refresh tokens that follow from one log-in of one device: each is good once, its successor takes its place. One
 * that comes a second time shows that two have it, and ends the family (RFC 9700 §4.14.2). Immutable, pure. Times are
 * Unix milliseconds.
 *
 * @param id public part of every token of the family
 * @param current hash of the secret of the newest token
 * @param before hash of the one before; null: there is none
 * @param startedAt when the device logged in
 * @param rotatedAt when {@code current} took the place of {@code before}
 * @param endsAt from then on no token of the family is taken
 */
public record RefreshFamily(
        String id,
        UserId user,
        DeviceId device,
        SecretHash current,
        @Nullable SecretHash before,
        long startedAt,
        long rotatedAt,
        long endsAt) {

    /** A family lasts this long after its last rotation. */
    public static final Duration LIFETIME = Duration.ofDays(30);

    /**
     * The token before the newest is taken again for so long: the answer that carried its successor may have been lost on
     * the way, and logging out a phone in a tunnel is no defence. Its first successor is dead then: whoever comes with
     * that one ends the family.
     */
    static final Duration LOST_ANSWER = Duration.ofSeconds(30);

    /** What follows when a token is presented. */
    sealed interface Turn {
        /** It was good; this takes the family's place. */
        record Next(RefreshFamily family) implements Turn {}

        /** It was good once: somebody has a copy. The family ends. */
        record Reused() implements Turn {}

        /** Its time is over. The family ends. */
        record Ended() implements Turn {}
    }

    static RefreshFamily start(String id, UserId user, DeviceId device, SecretHash secret, long now) {
        return new RefreshFamily(id, user, device, secret, null, now, now, now + LIFETIME.toMillis());
    }

    /**
     * @param presented hash of the secret that came
     * @param next hash of the secret of the successor
     */
    Turn turn(SecretHash presented, SecretHash next, long now) {
        if (now >= endsAt) {
            return new Turn.Ended();
        }
        long end = now + LIFETIME.toMillis();
        if (presented.matches(current)) {
            return new Turn.Next(new RefreshFamily(id, user, device, next, current, startedAt, now, end));
        }
        boolean answerLost =
                before != null && presented.matches(before) && Math.abs(now - rotatedAt) <= LOST_ANSWER.toMillis();
        return answerLost
                ? new Turn.Next(new RefreshFamily(id, user, device, next, before, startedAt, rotatedAt, endsAt))
                : new Turn.Reused();
    }

    @Override
    public String toString() {
        return "RefreshFamily[" + user + "." + device + "]";
    }
}
