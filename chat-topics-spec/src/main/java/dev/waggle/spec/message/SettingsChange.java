package dev.waggle.spec.message;

import dev.waggle.spec.UserId;
import org.jspecify.annotations.Nullable;

/**
 * What is to be different in the {@link UserSettings} of a user; null leaves as it is.
 *
 * @param block from now on, or null
 * @param unblock from now on, or null
 * @param shadowed for moderators alone
 */
public record SettingsChange(
        @Nullable UserId block,
        @Nullable UserId unblock,
        @Nullable Boolean receipts,
        @Nullable Boolean presence,
        @Nullable Boolean lastSeen,
        @Nullable Boolean shadowed) {
    /** Changes nothing: asks. */
    public static final SettingsChange NONE = new SettingsChange(null, null, null, null, null, null);

    public static SettingsChange block(UserId user) {
        return new SettingsChange(user, null, null, null, null, null);
    }

    public static SettingsChange unblock(UserId user) {
        return new SettingsChange(null, user, null, null, null, null);
    }

    public static SettingsChange shadow(boolean from) {
        return new SettingsChange(null, null, null, null, null, from);
    }

    /** What users decide for themselves. */
    public static SettingsChange own(
            @Nullable Boolean receipts, @Nullable Boolean presence, @Nullable Boolean lastSeen) {
        return new SettingsChange(null, null, receipts, presence, lastSeen, null);
    }

    /** The settings with the change. */
    public UserSettings of(UserSettings now) {
        UserSettings next = new UserSettings(
                now.blocked(),
                receipts == null ? now.receipts() : receipts,
                presence == null ? now.presence() : presence,
                lastSeen == null ? now.lastSeen() : lastSeen,
                shadowed == null ? now.shadowed() : shadowed);
        if (block != null) {
            next = next.blocking(block);
        }
        return unblock == null ? next : next.unblocking(unblock);
    }
}
