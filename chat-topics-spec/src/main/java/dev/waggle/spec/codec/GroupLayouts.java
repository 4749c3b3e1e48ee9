package dev.waggle.spec.codec;

import dev.waggle.spec.UserId;
import dev.waggle.spec.message.GroupPatch;
import dev.waggle.spec.message.GroupSettings;
import dev.waggle.spec.message.HistoryPolicy;
import dev.waggle.spec.message.JoinPolicy;
import dev.waggle.spec.message.MemberRole;
import dev.waggle.spec.message.Standing;
import dev.waggle.spec.message.Standings;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The values of groups that occur in more than one binary form. What stands here never changes its bytes; codes are given
 * here and not by the order of constants.
 */
public final class GroupLayouts {
    private static final int NAME = 1;
    private static final int TOPIC = 2;
    private static final int PICTURE = 4;
    private static final int JOIN = 8;
    private static final int HISTORY = 16;

    private GroupLayouts() {}

    public static void patch(BinaryWriter out, GroupPatch patch) {
        JoinPolicy join = patch.join();
        HistoryPolicy history = patch.history();
        out.u8((patch.name() == null ? 0 : NAME)
                | (patch.topic() == null ? 0 : TOPIC)
                | (patch.picture() == null ? 0 : PICTURE)
                | (join == null ? 0 : JOIN)
                | (history == null ? 0 : HISTORY));
        text(out, patch.name());
        text(out, patch.topic());
        text(out, patch.picture());
        if (join != null) {
            out.u8(code(join));
        }
        if (history != null) {
            out.u8(code(history));
        }
    }

    public static GroupPatch patch(BinaryReader in) {
        int parts = in.u8();
        if (parts > (NAME | TOPIC | PICTURE | JOIN | HISTORY)) {
            throw in.bad("unknown parts of a group's settings");
        }
        return new GroupPatch(
                (parts & NAME) == 0 ? null : in.text(),
                (parts & TOPIC) == 0 ? null : in.text(),
                (parts & PICTURE) == 0 ? null : in.text(),
                (parts & JOIN) == 0 ? null : join(in),
                (parts & HISTORY) == 0 ? null : history(in));
    }

    public static void settings(BinaryWriter out, GroupSettings settings) {
        out.maybeText(settings.name())
                .maybeText(settings.topic())
                .maybeText(settings.picture())
                .u8(code(settings.join()))
                .u8(code(settings.history()));
    }

    public static GroupSettings settings(BinaryReader in) {
        return new GroupSettings(in.maybeText(), in.maybeText(), in.maybeText(), join(in), history(in));
    }

    public static void standings(BinaryWriter out, Standings standings) {
        times(out, standings.banned());
        times(out, standings.invited());
        times(out, standings.requests());
        times(out, standings.muted());
    }

    public static Standings standings(BinaryReader in) {
        return new Standings(times(in), times(in), times(in), times(in));
    }

    private static void times(BinaryWriter out, SortedMap<UserId, Long> users) {
        out.list(users.entrySet(), (to, one) -> to.user(one.getKey()).number(one.getValue()));
    }

    private static SortedMap<UserId, Long> times(BinaryReader in) {
        SortedMap<UserId, Long> users = new TreeMap<>();
        for (Map.Entry<UserId, Long> one : in.list(from -> Map.entry(from.user(), from.number()))) {
            users.put(one.getKey(), one.getValue());
        }
        return users;
    }

    static void standing(BinaryWriter out, Standing standing) {
        kind(out, standing.kind());
        out.list(standing.users(), BinaryWriter::user).number(standing.until());
    }

    static Standing standing(BinaryReader in) {
        return new Standing(kind(in), in.list(BinaryReader::user), in.number());
    }

    static void kind(BinaryWriter out, Standing.Kind kind) {
        out.u8(
                switch (kind) {
                    case INVITED -> 1;
                    case DECLINED -> 2;
                    case REQUESTED -> 3;
                    case REFUSED -> 4;
                    case BANNED -> 5;
                    case UNBANNED -> 6;
                    case MUTED -> 7;
                    case UNMUTED -> 8;
                    case DISSOLVED -> 9;
                });
    }

    static Standing.Kind kind(BinaryReader in) {
        return switch (in.u8()) {
            case 1 -> Standing.Kind.INVITED;
            case 2 -> Standing.Kind.DECLINED;
            case 3 -> Standing.Kind.REQUESTED;
            case 4 -> Standing.Kind.REFUSED;
            case 5 -> Standing.Kind.BANNED;
            case 6 -> Standing.Kind.UNBANNED;
            case 7 -> Standing.Kind.MUTED;
            case 8 -> Standing.Kind.UNMUTED;
            case 9 -> Standing.Kind.DISSOLVED;
            default -> throw in.bad("unknown standing of users");
        };
    }

    static void role(BinaryWriter out, MemberRole role) {
        out.u8(
                switch (role) {
                    case OWNER -> 1;
                    case ADMIN -> 2;
                    case MEMBER -> 3;
                    case GUEST -> 4;
                });
    }

    static MemberRole role(BinaryReader in) {
        return switch (in.u8()) {
            case 1 -> MemberRole.OWNER;
            case 2 -> MemberRole.ADMIN;
            case 3 -> MemberRole.MEMBER;
            case 4 -> MemberRole.GUEST;
            default -> throw in.bad("unknown role of a member");
        };
    }

    private static void text(BinaryWriter out, @Nullable String text) {
        if (text != null) {
            out.text(text);
        }
    }

    private static int code(JoinPolicy policy) {
        return switch (policy) {
            case OPEN -> 1;
            case APPROVAL -> 2;
            case INVITE -> 3;
            case CLOSED -> 4;
        };
    }

    private static JoinPolicy join(BinaryReader in) {
        return switch (in.u8()) {
            case 1 -> JoinPolicy.OPEN;
            case 2 -> JoinPolicy.APPROVAL;
            case 3 -> JoinPolicy.INVITE;
            case 4 -> JoinPolicy.CLOSED;
            default -> throw in.bad("unknown way to join");
        };
    }

    private static int code(HistoryPolicy policy) {
        return switch (policy) {
            case JOINING -> 1;
            case ALL -> 2;
        };
    }

    private static HistoryPolicy history(BinaryReader in) {
        return switch (in.u8()) {
            case 1 -> HistoryPolicy.JOINING;
            case 2 -> HistoryPolicy.ALL;
            default -> throw in.bad("unknown begin of the history");
        };
    }
}
