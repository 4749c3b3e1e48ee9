package dev.waggle.broker.presence;

import dev.waggle.spec.UserId;
import org.jspecify.annotations.Nullable;

/** Who is connected. Any thread. */
public interface Roster {
    /** The busiest of the user's devices, or null if none is here or wants to be seen. */
    @Nullable
    Presence of(UserId user);

    /** The connection of the user that a request came from, or null if it came another way. */
    @Nullable
    Viewer viewer(UserId user, Object source);
}
