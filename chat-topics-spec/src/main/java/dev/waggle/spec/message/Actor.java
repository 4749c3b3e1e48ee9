package dev.waggle.spec.message;

import dev.waggle.spec.Author;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, as the token says it; comes in with every command, so that rules need no other source of rights.
 *
 * @param author for whom, and by which agent
 * @param device from which device, or null if it has none (a thing with a fixed client id, HTTP without a device)
 * @param role the role in the token
 */
public record Actor(Author author, @Nullable DeviceId device, Role role) {

    /** Roles of tokens. */
    public enum Role {
        USER,
        SERVICE,
        MODERATOR,
        ADMIN
    }

    public static Actor of(UserId user, @Nullable DeviceId device) {
        return new Actor(Author.of(user), device, Role.USER);
    }

    public UserId user() {
        return author.user();
    }
}
