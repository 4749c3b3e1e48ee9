package dev.waggle.auth.account;

import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;

/**
 * A user with a password. Immutable.
 *
 * @param passwordHash in PHC form, with its salt and parameters; a secret
 * @param role of every token of the user
 * @param enabled false: may not log in, nor refresh
 */
public record Account(UserId user, String passwordHash, Actor.Role role, boolean enabled) {

    Account withPasswordHash(String other) {
        return new Account(user, other, role, enabled);
    }

    @Override
    public String toString() {
        return "Account[" + user + ", " + role + (enabled ? "]" : ", disabled]");
    }
}
