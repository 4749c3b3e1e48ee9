package dev.waggle.spec.message;

import java.util.Locale;
import java.util.Optional;

/** What a member may do in a group. Order matters: a lower ordinal has more rights. */
public enum MemberRole {
    OWNER,
    ADMIN,
    MEMBER,
    /** Reads and does not write. */
    GUEST;

    /** As it stands in JSON. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of this code, if there is one. */
    public static Optional<MemberRole> of(String code) {
        for (MemberRole role : values()) {
            if (role.code().equals(code)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
