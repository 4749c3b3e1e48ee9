package dev.waggle.auth;

import dev.waggle.spec.message.Actor;
import java.util.Locale;

/**
 * What a token says its bearer is.
 *
 * @param name in tokens and in rules for ordinary topics: lower case, see {@link Roles}
 * @param base what it may do in the chat
 */
public record Role(String name, Actor.Role base) {

    /** A built-in role, which has the name of what it may do. */
    public static Role of(Actor.Role base) {
        return new Role(base.name().toLowerCase(Locale.ROOT), base);
    }
}
