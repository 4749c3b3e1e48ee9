package dev.waggle.push.rules;

import dev.waggle.push.registration.PushSettings;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.UserId;
import java.util.List;

/**
 * Takes away on sleeping devices what the user has read elsewhere, and corrects the number on the app (F8). Soon after a
 * read, for several reads together, seldom enough for APNs, and never by Web Push, where every push must be shown.
 */
public final class ReadSync {
    private final PushLimits limits;
    private final Phrasing phrasing;

    public ReadSync(PushLimits limits, Phrasing phrasing) {
        this.limits = limits;
        this.phrasing = phrasing;
    }

    /**
     * Notes in the ledger that the user has read; call {@link #decide} afterwards.
     *
     * @param devices all that can be woken
     * @param upTo seq up to which everything in the conversation is read
     * @param now Unix milliseconds
     */
    public void noteRead(
            UserId user,
            List<Sleeper> devices,
            ConversationName conversation,
            long upTo,
            PushSettings settings,
            long now,
            Ledger ledger) {}

    /**
     * What is to be done for each of the devices of which something was read; for others nothing. Note the decisions in the
     * ledger when they are safe, and decide again at the earliest {@link Decision.Wait#until}.
     *
     * @param badge messages that the user has not read now
     */
    public List<Decision> decide(UserId user, List<Sleeper> devices, int badge, long now, Ledger ledger) {
        return List.of();
    }
}
