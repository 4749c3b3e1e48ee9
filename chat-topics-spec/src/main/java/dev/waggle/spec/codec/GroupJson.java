package dev.waggle.spec.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.GroupPatch;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.MemberRole;
import dev.waggle.spec.message.Standing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of {@code ev/…/member} and {@code ev/…/meta}. The readers are what a client needs; they are total, and fields
 * that they do not know are nothing to them.
 */
public final class GroupJson {
    private GroupJson() {}

    /**
     * What {@code ev/{conv}/member} tells.
     *
     * @param added who is new
     * @param removed who was removed
     * @param left who left, or null
     * @param role who has another role than a plain new member, by its code
     * @param created true for the first event of a group
     * @param name of the group, at its creation and for those who are invited, or null
     * @param standing what became of users besides that, or null
     * @param settings at the creation, without the name
     */
    public record MemberEvent(
            List<UserId> added,
            List<UserId> removed,
            @Nullable UserId left,
            Map<UserId, String> role,
            boolean created,
            @Nullable String name,
            @Nullable Standing standing,
            GroupPatch settings) {
        public MemberEvent {
            added = List.copyOf(added);
            removed = List.copyOf(removed);
            role = Map.copyOf(role);
        }
    }

    /** The payload of {@code ev/{conv}/member}; fields with nothing to say are absent. */
    public static Bytes member(Event.MembersChanged change) {
        List<UserId> added = new ArrayList<>();
        Map<UserId, MemberRole> roles = new LinkedHashMap<>();
        for (Member member : change.added()) {
            boolean isNew = member.firstSeq() >= change.seq();
            if (isNew) {
                added.add(member.user());
            }
            if (!isNew || member.role() != MemberRole.MEMBER) {
                roles.put(member.user(), member.role());
            }
        }
        UserId left = change.left();
        return JsonObjects.write(JsonForm.JSON, out -> {
            if (change.created()) {
                out.writeBooleanField("created", true);
            }
            CallResultJson.text("name", change.name(), out);
            patch(change.settings(), out);
            if (!added.isEmpty()) {
                CallResultJson.users("added", added, out);
            }
            if (!change.removed().isEmpty()) {
                CallResultJson.users("removed", change.removed(), out);
            }
            CallResultJson.text("left", left == null ? null : left.value(), out);
            if (!roles.isEmpty()) {
                out.writeObjectFieldStart("role");
                for (Map.Entry<UserId, MemberRole> one : roles.entrySet()) {
                    out.writeStringField(one.getKey().value(), one.getValue().code());
                }
                out.writeEndObject();
            }
            standing(change.standing(), out);
        });
    }

    public static Parsed<MemberEvent> readMember(Bytes payload) {
        return PayloadJson.read(
                "member",
                payload,
                in -> new MemberEvent(
                        in.users("added", 0, Integer.MAX_VALUE),
                        in.users("removed", 0, Integer.MAX_VALUE),
                        in.parsed("left", UserId::parse),
                        roles(in, in.object("role")),
                        in.flag("created"),
                        in.text("name"),
                        standing(in),
                        GroupFields.told(in, null)));
    }

    /** The payload of {@code ev/{conv}/meta}: what is different now; an empty text says that there is none any more. */
    static Bytes meta(GroupPatch change) {
        return JsonObjects.write(JsonForm.JSON, out -> {
            CallResultJson.text("name", change.name(), out);
            patch(change, out);
        });
    }

    public static Parsed<GroupPatch> readMeta(Bytes payload) {
        return PayloadJson.read("meta", payload, in -> GroupFields.told(in, in.text("name")));
    }

    /** The settings that a patch names, but the name. */
    private static void patch(GroupPatch patch, JsonGenerator out) throws IOException {
        CallResultJson.text("topic", patch.topic(), out);
        CallResultJson.text("picture", patch.picture(), out);
        CallResultJson.text("join", patch.join() == null ? null : patch.join().code(), out);
        CallResultJson.text(
                "history", patch.history() == null ? null : patch.history().code(), out);
    }

    private static void standing(@Nullable Standing standing, JsonGenerator out) throws IOException {
        if (standing == null) {
            return;
        }
        String code = standing.kind().code();
        if (standing.kind() == Standing.Kind.DISSOLVED) {
            out.writeBooleanField(code, true);
            return;
        }
        CallResultJson.users(code, standing.users(), out);
        if (standing.kind() == Standing.Kind.MUTED) {
            out.writeNumberField("until", standing.until());
        }
    }

    private static @Nullable Standing standing(Fields in) {
        Standing found = null;
        for (Standing.Kind kind : Standing.Kind.values()) {
            if (kind == Standing.Kind.DISSOLVED) {
                found = in.flag(kind.code()) ? Standing.of(kind, List.of()) : found;
                continue;
            }
            List<UserId> users = in.users(kind.code(), 0, Integer.MAX_VALUE);
            if (!users.isEmpty()) {
                found = Standing.of(kind, users);
            }
        }
        Long until = in.number("until", 0, Long.MAX_VALUE);
        return found == null || until == null ? found : new Standing(found.kind(), found.users(), until);
    }

    private static Map<UserId, String> roles(Fields in, @Nullable ObjectNode object) {
        Map<UserId, String> roles = new LinkedHashMap<>();
        if (object == null) {
            return roles;
        }
        object.properties().forEach(one -> {
            Parsed<UserId> user = UserId.parse(one.getKey());
            if (user instanceof Parsed.Ok<UserId> ok && one.getValue().isTextual()) {
                roles.put(ok.value(), one.getValue().textValue());
            } else {
                in.fail("role must map user ids to texts");
            }
        });
        return roles;
    }
}
