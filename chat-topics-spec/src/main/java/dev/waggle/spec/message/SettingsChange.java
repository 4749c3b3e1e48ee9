package dev.waggle.spec.message;

import dev.waggle.spec.UserId;
import org.jspecify.annotations.Nullable;

/**
 * What a user wants to have changed in its {@link UserSettings}; null leaves as it is.
 *
 * @param block from now on, or null
 * @param unblock from now on, or null
 */
public record SettingsChange(
        @Nullable UserId block,
        @Nullable UserId unblock,
        @Nullable Boolean receipts,
        @Nullable Boolean presence,
        @Nullable Boolean lastSeen) {
    /** Changes nothing: asks. */
    public static final SettingsChange NONE = new SettingsChange(null, null, null, null, null);

    public static SettingsChange block(UserId user) {
        return new SettingsChange(user, null, null, null, null);
    }

    public static SettingsChange unblock(UserId user) {
        return new SettingsChange(null, user, null, null, null);
    }

    /** The settings with the change. */
    public UserSettings of(UserSettings now) {
        UserSettings next = new UserSettings(
                now.blocked(),
                receipts == null ? now.receipts() : receipts,
                presence == null ? now.presence() : presence,
                lastSeen == null ? now.lastSeen() : lastSeen);
        if (block != null) {
            next = next.blocking(block);
        }
        return unblock == null ? next : next.unblocking(unblock);
    }
}
