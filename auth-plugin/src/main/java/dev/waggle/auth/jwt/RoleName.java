package dev.waggle.auth.jwt;

import dev.waggle.spec.Parsed;
import dev.waggle.spec.message.Actor;
import java.util.Locale;

/** The names of roles in tokens and on the command line. */
final class RoleName {
    static final String ALLOWED = "user, service, moderator or admin";

    private RoleName() {}

    static String of(Actor.Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    /** Exact: {@code Admin} is no role. */
    static Parsed<Actor.Role> parse(String name) {
        for (Actor.Role role : Actor.Role.values()) {
            if (of(role).equals(name)) {
                return Parsed.ok(role);
            }
        }
        return Parsed.bad("a role is one of " + ALLOWED);
    }
}
