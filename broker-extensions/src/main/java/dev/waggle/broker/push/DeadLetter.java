package dev.waggle.broker.push;

import dev.waggle.push.Push;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

/**
 * A push that is not sent any more, without its content.
 *
 * @param id names it; in the order of time
 * @param at Unix milliseconds
 * @param conversation as the user names it
 * @param seq of the newest message it stood for
 * @param from lowest position in the user's inbox of what it stood for
 * @param push id that the device would have seen
 * @param reason the provider's last word, or ours, at most 200 characters
 * @param tries that had an outcome
 */
public record DeadLetter(
        String id,
        long at,
        UserId user,
        DeviceId device,
        OutletId outlet,
        ConversationName conversation,
        long seq,
        long from,
        UUID push,
        Push.Kind kind,
        Cause cause,
        String reason,
        int tries) {
    private static final int MOST_REASON = 200;

    /** Why there are no more tries. */
    public enum Cause {
        /** Its time has passed, or it was tried too often. */
        EXPIRED,
        /** No try can change it. */
        UNDELIVERABLE,
        /** Nobody is at the address: the registration is gone too. */
        PRUNED;

        /** As it is shown. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static DeadLetter of(Job job, OutletId outlet, Cause cause, String reason, long now) {
        UUID push = job.send.push().id();
        return new DeadLetter(
                "%011x-%08x".formatted(now, push.getLeastSignificantBits() & 0xFFFF_FFFFL),
                now,
                job.work.user,
                job.to.device(),
                outlet,
                Objects.requireNonNull(job.send.conversation(), "only updates are about none"),
                job.send.seq(),
                job.from,
                push,
                job.send.push().kind(),
                cause,
                reason.length() <= MOST_REASON ? reason : reason.substring(0, MOST_REASON),
                job.tries);
    }
}
