package dev.waggle.spec.message;

import org.jspecify.annotations.Nullable;

/** The one table of rights in a group: what members of which role may do. PROTOCOL.md prints it. */
public enum GroupRight {
    READ("read: what is sent, `history`, `group.info`", MemberRole.GUEST),
    SEND("send, and edit what one has sent", MemberRole.MEMBER),
    LEAVE("leave", MemberRole.GUEST),
    /** Also to say no to those who ask, and to take invitations back. */
    ADD("`group.add`, `group.refuse`", MemberRole.ADMIN),
    INVITE("`group.invite`", MemberRole.ADMIN),
    BAR("see who is banned, muted, invited and who asks; ban who is no member; `group.unban`", MemberRole.ADMIN),
    SUPERVISE_GUEST("remove, ban, mute a guest", MemberRole.ADMIN),
    SUPERVISE_MEMBER("remove, ban, mute a member", MemberRole.ADMIN),
    SUPERVISE_ADMIN("remove, ban, mute an admin", MemberRole.OWNER),
    /** Owners are equals: each goes when it wants to. */
    SUPERVISE_OWNER("remove, ban, mute an owner"),
    /** For all, at any time. */
    ERASE("delete others' messages", MemberRole.ADMIN),
    DESCRIBE("change name, topic, picture", MemberRole.ADMIN),
    ADMIT("change `join`, `history`", MemberRole.OWNER),
    SEAT("make a guest a member, or a member a guest", MemberRole.ADMIN),
    /** Of an owner only its own. */
    RANK("change other roles: make and unmake admins, make owners, step down as owner", MemberRole.OWNER),
    DISSOLVE("`group.delete`", MemberRole.OWNER);

    private final String label;
    /** This role has it, and all above; null: none has. */
    private final @Nullable MemberRole lowest;

    GroupRight(String label) {
        this.label = label;
        this.lowest = null;
    }

    GroupRight(String label, MemberRole lowest) {
        this.label = label;
        this.lowest = lowest;
    }

    /** As the document calls it. */
    public String label() {
        return label;
    }

    /** True if members of the role have the right. */
    public boolean has(MemberRole role) {
        return lowest != null && role.compareTo(lowest) <= 0;
    }

    /** The right to remove, ban and mute members of a role. */
    public static GroupRight toSupervise(MemberRole role) {
        return switch (role) {
            case OWNER -> SUPERVISE_OWNER;
            case ADMIN -> SUPERVISE_ADMIN;
            case MEMBER -> SUPERVISE_MEMBER;
            case GUEST -> SUPERVISE_GUEST;
        };
    }
}
