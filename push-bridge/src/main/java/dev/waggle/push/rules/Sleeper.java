package dev.waggle.push.rules;

import dev.waggle.push.registration.Registration;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.message.DeviceProgress;
import org.jspecify.annotations.Nullable;

/**
 * A device that can be woken; despite the name it may be awake.
 *
 * @param handled everything at or below this position of the inbox was dealt with
 * @param progress how far it has come, or null: it keeps no record in the inbox
 * @param online true: it is connected, as far as one can tell
 * @param since online or away since then, Unix milliseconds; 0: unknown, long ago
 */
public record Sleeper(
        DeviceId device,
        Registration registration,
        long handled,
        @Nullable DeviceProgress progress,
        boolean online,
        long since) {

    /** The same as if nothing from this position on had been dealt with. */
    public Sleeper handledUpTo(long position) {
        return new Sleeper(device, registration, position, progress, online, since);
    }

    /** True if the device itself has acknowledged what is at this position, or it was passed over for it. */
    boolean hasAcknowledged(long position) {
        DeviceProgress far = progress;
        return far != null && far.isDone(position);
    }
}
