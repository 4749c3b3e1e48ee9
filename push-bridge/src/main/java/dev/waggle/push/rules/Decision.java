package dev.waggle.push.rules;

import dev.waggle.push.Push;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.DeviceId;
import org.jspecify.annotations.Nullable;

/** What is to happen for one device, usually about one conversation, and why. */
public sealed interface Decision {
    DeviceId device();

    Reason reason();

    /**
     * A push goes out.
     *
     * @param seq of the newest entry it stands for; it stands for all older ones too. 0 for {@link Push.Kind#UPDATE}
     * @param conversation what it is about, or null for {@link Push.Kind#UPDATE}
     * @param shown messages of it that the device shows afterwards: those of this push, and those that it replaces
     */
    record Send(
            DeviceId device, Push push, long seq, @Nullable ConversationName conversation, int shown, Reason reason)
            implements Decision {}

    /**
     * It is too early; decide again then, or when something changes.
     *
     * @param conversation what waits, or null: all of it
     * @param from lowest position that waits; 0 if no entry of the inbox does
     * @param until Unix milliseconds, later than now
     */
    record Wait(DeviceId device, @Nullable ConversationName conversation, long from, long until, Reason reason)
            implements Decision {}

    /**
     * There is no push, now or later.
     *
     * @param seq of the newest entry that this is about
     * @param conversation what is left out, or null: an update
     */
    record Skip(DeviceId device, @Nullable ConversationName conversation, long seq, Reason reason)
            implements Decision {}
}
