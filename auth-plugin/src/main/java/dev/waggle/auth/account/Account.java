package dev.waggle.auth.account;

import dev.waggle.auth.Role;
import dev.waggle.auth.password.PasswordHash;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;

/**
 * A user with a password. Immutable.
 *
 * @param passwordHash in PHC form, with its salt and parameters; a secret
 * @param role name of the role of every token of the user, built-in or of the configuration; while it is none, the user gets
 *     no token
 * @param enabled false: may not log in, nor refresh
 */
public record Account(UserId user, String passwordHash, String role, boolean enabled) {

    /** With a built-in role. */
    public Account(UserId user, String passwordHash, Actor.Role role, boolean enabled) {
        this(user, passwordHash, Role.of(role).name(), enabled);
    }

    /** What stays of an account that its owner deleted: the id is never given out again, and no password fits. */
    Account erased() {
        return new Account(user, PasswordHash.OF_NOBODY, Actor.Role.USER, false);
    }

    public boolean isErased() {
        return passwordHash.equals(PasswordHash.OF_NOBODY);
    }

    Account enabled(boolean may) {
        return new Account(user, passwordHash, role, may);
    }

    Account withPasswordHash(String other) {
        return new Account(user, other, role, enabled);
    }

    @Override
    public String toString() {
        return "Account[" + user + ", " + role + (enabled ? "]" : ", disabled]");
    }
}
