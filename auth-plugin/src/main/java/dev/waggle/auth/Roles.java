package dev.waggle.auth;

import dev.waggle.spec.Parsed;
import dev.waggle.spec.message.Actor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The roles that tokens may name: the four built-in ones and those of the configuration, each based on a built-in one.
 * Immutable.
 */
public final class Roles {
    /** Only the built-in ones. */
    public static final Roles BUILT_IN = new Roles(builtIn());

    /** Of connections without a token, where they are let in; no token can name it. */
    public static final String ANONYMOUS = "anonymous";

    /** More cannot be kept apart by people. */
    static final int MOST = 64;

    /** Form of a name; it stands in rules between blanks and {@code |}, and where they say so as a level of a topic. */
    public static final String NAME = "[a-z][a-z0-9_-]{0,31}";

    private static final Pattern FORM = Pattern.compile(NAME);

    private final Map<String, Role> byName;

    private Roles(Map<String, Role> byName) {
        this.byName = byName;
    }

    private static Map<String, Role> builtIn() {
        Map<String, Role> byName = new LinkedHashMap<>();
        Stream.of(Actor.Role.values()).map(Role::of).forEach(role -> byName.put(role.name(), role));
        return byName;
    }

    /** The built-in ones and these. */
    public static Parsed<Roles> with(List<Role> more) {
        Map<String, Role> byName = builtIn();
        for (Role role : more) {
            if (!FORM.matcher(role.name()).matches()) {
                return Parsed.bad("'" + role.name() + "' is no name of a role: a-z, then up to 31 of a-z 0-9 _ -");
            }
            if (role.name().equals(ANONYMOUS) || byName.putIfAbsent(role.name(), role) != null) {
                return Parsed.bad("the role '" + role.name() + "' is there already");
            }
        }
        return more.size() > MOST ? Parsed.bad("more than " + MOST + " roles") : Parsed.ok(new Roles(byName));
    }

    /** Exact: {@code Admin} is no role. */
    public Parsed<Role> parse(String name) {
        Role role = byName.get(name);
        return role == null ? Parsed.bad("a role is one of " + names()) : Parsed.ok(role);
    }

    /** For errors: the built-in ones first. */
    public String names() {
        return String.join(", ", byName.keySet());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Roles roles && byName.equals(roles.byName);
    }

    @Override
    public int hashCode() {
        return byName.hashCode();
    }

    @Override
    public String toString() {
        return "Roles[" + names() + "]";
    }
}
