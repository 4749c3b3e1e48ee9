package dev.waggle.broker.config;

import dev.waggle.auth.Role;
import dev.waggle.auth.Roles;
import dev.waggle.spec.Parsed;
import java.util.ArrayList;
import java.util.List;

/** Roles of the configuration, each {@code NAME=BASE}: its name, and the built-in role that it is in the chat. */
final class RoleList {
    private static final Kind<List<String>> WORDS = Kind.several(
            "a list of NAME=BASE: a name of a-z, then up to 31 of a-z 0-9 _ -, and one of " + Roles.BUILT_IN.names(),
            "[^=]+=[^=]+");

    static final Kind<Roles> KIND =
            new Kind<>(WORDS.allowed(), words -> WORDS.read().apply(words).then(RoleList::read));

    private RoleList() {}

    private static Parsed<Roles> read(List<String> words) {
        List<Role> roles = new ArrayList<>(words.size());
        for (String word : words) {
            String[] parts = word.split("=", 2);
            Parsed<Role> base = Roles.BUILT_IN.parse(parts[1].strip());
            if (base instanceof Parsed.Bad<Role> bad) {
                return Parsed.bad("holds '" + word + "': " + bad.reason());
            }
            roles.add(new Role(parts[0].strip(), base.get().base()));
        }
        return Roles.with(roles);
    }
}
