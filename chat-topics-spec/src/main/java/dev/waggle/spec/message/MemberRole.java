package dev.waggle.spec.message;

import java.util.Locale;

/** What a member may do in a group. Order matters: a lower ordinal has more rights. */
public enum MemberRole {
    OWNER,
    ADMIN,
    MEMBER;

    /** As it stands in JSON. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
