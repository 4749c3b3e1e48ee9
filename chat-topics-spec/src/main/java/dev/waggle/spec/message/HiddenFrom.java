package dev.waggle.spec.message;

import dev.waggle.spec.UserId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who does not see an entry, though it is addressed to them. In a large group everybody but one is still one name.
 *
 * @param allBut the only one who sees it, its author; or null
 * @param users who do not see it, if {@code allBut} is null: they have blocked its author
 */
public record HiddenFrom(@Nullable UserId allBut, List<UserId> users) {
    public static final HiddenFrom NOBODY = new HiddenFrom(null, List.of());

    public HiddenFrom {
        users = List.copyOf(users);
    }

    public static HiddenFrom of(List<UserId> users) {
        return users.isEmpty() ? NOBODY : new HiddenFrom(null, users);
    }

    public static HiddenFrom allBut(UserId author) {
        return new HiddenFrom(author, List.of());
    }

    public boolean isNobody() {
        return allBut == null && users.isEmpty();
    }

    /** True if only the author sees it. */
    public boolean isShadow() {
        return allBut != null;
    }

    public boolean contains(UserId user) {
        return allBut == null ? users.contains(user) : !allBut.equals(user);
    }

    /** From this user too. */
    public HiddenFrom with(UserId user) {
        if (contains(user) || allBut != null) {
            return this;
        }
        List<UserId> more = new ArrayList<>(users);
        more.add(user);
        return new HiddenFrom(null, more);
    }
}
