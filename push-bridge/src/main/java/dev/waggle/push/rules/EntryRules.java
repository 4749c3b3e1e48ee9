package dev.waggle.push.rules;

import dev.waggle.push.registration.PushSettings;
import dev.waggle.push.registration.QuietHours;
import dev.waggle.spec.message.OwnSettings;
import org.jspecify.annotations.Nullable;

/** Rules that look at one entry for one device: F2, F4, F11 and what is too old. Pure. */
final class EntryRules {
    private final PushLimits limits;
    private final Situation situation;
    private final long now;

    EntryRules(PushLimits limits, Situation situation) {
        this.limits = limits;
        this.situation = situation;
        now = situation.now();
    }

    /** @param shown what was pushed of the conversation */
    Verdict of(Waiting entry, Sleeper device, DeviceLedger.Shown shown) {
        Reason leave = done(entry, device, shown);
        if (leave == null) {
            leave = unwanted(entry);
        }
        if (leave == null && device.online() && device.progress() == null) {
            leave = Reason.AWAKE;
        }
        if (leave != null) {
            return new Verdict.Leave(leave);
        }
        Verdict quiet = quiet(entry);
        return quiet == Verdict.DUE ? asleep(entry, device) : quiet;
    }

    private @Nullable Reason done(Waiting entry, Sleeper device, DeviceLedger.Shown shown) {
        if (entry.position() <= device.handled()) {
            return Reason.PUSHED;
        }
        if (now - device.registration().at() > limits.forgotten().toMillis()) {
            return Reason.FORGOTTEN;
        }
        if (device.hasAcknowledged(entry.position())) {
            return Reason.ACKNOWLEDGED;
        }
        if (entry.seq() <= (entry.isCall() ? shown.callSeq() : shown.seq())) {
            return Reason.PUSHED;
        }
        if (entry.from().equals(situation.user())) {
            return Reason.OWN;
        }
        return entry.read() ? Reason.READ : null;
    }

    private @Nullable Reason unwanted(Waiting entry) {
        if (now >= deadline(entry)) {
            return Reason.EXPIRED;
        }
        if (entry.wish() == Waiting.Wish.NONE) {
            return Reason.UNWISHED;
        }
        OwnSettings own = entry.own();
        boolean breaksMute = entry.mention() && situation.settings().mentionsBreakMute();
        if (own.mutedUntil() > now && !breaksMute) {
            return Reason.MUTED;
        }
        boolean enough =
                own.level() == OwnSettings.Level.ALL || own.level() == OwnSettings.Level.MENTIONS && entry.mention();
        return enough ? null : Reason.LEVEL;
    }

    /** Until when a push about the entry is of use, Unix milliseconds. */
    long deadline(Waiting entry) {
        long old = entry.isCall()
                ? entry.ts() + limits.callTtl().toMillis()
                : released(entry) + limits.ttl().toMillis();
        return entry.expiresAt() == 0 ? old : Math.min(old, entry.expiresAt());
    }

    /** Since when it might have been pushed: what had to wait does not grow old meanwhile. */
    private long released(Waiting entry) {
        PushSettings settings = situation.settings();
        QuietHours quiet = settings.quiet();
        long released = quiet == null ? entry.ts() : quiet.until(entry.ts());
        long undisturbed = settings.doNotDisturbUntil();
        return undisturbed > released ? Math.min(undisturbed, now) : released;
    }

    private Verdict quiet(Waiting entry) {
        PushSettings settings = situation.settings();
        if (entry.isCall() && settings.callsBreakQuiet()) {
            return Verdict.DUE;
        }
        QuietHours quiet = settings.quiet();
        long loud = quiet == null ? now : quiet.until(now);
        if (quiet != null && loud > now && !quiet.hold()) {
            return new Verdict.Leave(Reason.QUIET_HOURS);
        }
        long until = Math.max(loud, settings.doNotDisturbUntil());
        if (until <= now) {
            return Verdict.DUE;
        }
        Reason reason = until == loud ? Reason.QUIET_HOURS : Reason.DO_NOT_DISTURB;
        // A call is over by then.
        boolean inVain =
                entry.isCall() || until - entry.ts() > limits.heldAtMost().toMillis();
        return inVain ? new Verdict.Leave(reason) : new Verdict.Hold(until, reason);
    }

    private Verdict asleep(Waiting entry, Sleeper device) {
        if (device.online()) {
            long until = Math.max(entry.ts(), device.since())
                    + limits.unacknowledgedAfter().toMillis();
            return until > now ? new Verdict.Hold(until, Reason.UNACKNOWLEDGED) : Verdict.DUE;
        }
        long until = device.since() + limits.grace().toMillis();
        return until > now ? new Verdict.Hold(until, Reason.GRACE) : Verdict.DUE;
    }
}
