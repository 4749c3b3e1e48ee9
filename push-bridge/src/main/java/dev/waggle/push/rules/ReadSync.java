package dev.waggle.push.rules;

import dev.waggle.push.Address;
import dev.waggle.push.Push;
import dev.waggle.push.registration.PushSettings;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Takes away on sleeping devices what the user has read elsewhere, and corrects the number on the app (F8). Soon after a
 * read, for several reads together, seldom enough for APNs, and never by Web Push, where every push must be shown: what is
 * shown in vain there goes with the next push.
 */
public final class ReadSync {
    /** Threads taken away by one update: with the longest names they fit into what any provider takes. */
    private static final int DISMISSED = 32;

    private final PushLimits limits;
    private final Phrasing phrasing;

    public ReadSync(PushLimits limits, Phrasing phrasing) {
        this.limits = limits;
        this.phrasing = phrasing;
    }

    /**
     * Notes in the ledger that the user has read; call {@link #decide} afterwards. A device of which the ledger has
     * forgotten what it shows is taken to show the conversation.
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
            Ledger ledger) {
        for (Sleeper device : devices) {
            if (ledger.knows(user, device.device())) {
                ledger.open(user, device.device()).read(conversation, upTo, now);
            } else if (!device.online()) {
                String thread = phrasing.thread(user, settings.privacyFor(device.registration()), conversation);
                ledger.open(user, device.device()).readUnknown(thread, now);
            }
        }
    }

    /**
     * What is to be done for each of the devices of which something was read; for others nothing. Note the decisions in the
     * ledger when they are safe, and decide again at the earliest {@link Decision.Wait#until}.
     *
     * @param badge messages that the user has not read now
     */
    public List<Decision> decide(UserId user, List<Sleeper> devices, int badge, long now, Ledger ledger) {
        List<Decision> decisions = new ArrayList<>();
        for (Sleeper device : devices) {
            DeviceLedger known = ledger.look(user, device.device());
            if (known.readAt() > 0) {
                decisions.add(decide(user, device, known, badge, now));
            }
        }
        return decisions;
    }

    private Decision decide(UserId user, Sleeper device, DeviceLedger known, int badge, long now) {
        // One that was pushed although it is connected does not seem to be there.
        if (device.online() && known.pushedAt() < device.since()) {
            return skip(device, Reason.AWAKE);
        }
        Address address = device.registration().address();
        if (address instanceof Address.WebPush) {
            return skip(device, Reason.NOT_SILENT);
        }
        List<String> dismissed = known.read(DISMISSED);
        boolean badgeIsRight = Objects.equals(known.badge(), badge);
        if (dismissed.isEmpty() && badgeIsRight) {
            return skip(device, Reason.UNCHANGED);
        }
        long gathered = Math.max(
                known.readAt() + limits.gather().toMillis(),
                known.updatedAt() + limits.updateEvery().toMillis());
        if (gathered > now) {
            return new Decision.Wait(device.device(), null, 0, gathered, Reason.GATHERING);
        }
        boolean limited = address instanceof Address.Apns && !dismissed.isEmpty() && known.nextSilentAt() > now;
        if (limited && badgeIsRight) {
            return new Decision.Wait(device.device(), null, 0, known.nextSilentAt(), Reason.BACKGROUND);
        }
        // The number alone needs no time in the background, so it is not limited.
        Push push = update(user, device, known, badge, limited ? List.of() : dismissed, now);
        return new Decision.Send(device.device(), push, 0, null, 0, Reason.READ_ELSEWHERE);
    }

    private static Decision skip(Sleeper device, Reason reason) {
        return new Decision.Skip(device.device(), null, 0, reason);
    }

    private Push update(UserId user, Sleeper device, DeviceLedger known, int badge, List<String> dismissed, long now) {
        return new Push(
                PushIds.of(user, device.device(), Math.max(known.readAt(), known.updatedAt())),
                user,
                device.device(),
                Push.Kind.UPDATE,
                "",
                null,
                0,
                0,
                null,
                null,
                null,
                badge,
                dismissed,
                now + limits.ttl().toMillis());
    }
}
