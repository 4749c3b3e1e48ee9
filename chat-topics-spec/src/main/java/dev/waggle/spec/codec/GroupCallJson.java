package dev.waggle.spec.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.call.CallMethod;
import dev.waggle.spec.call.CallRequest;
import dev.waggle.spec.call.CallResult;
import dev.waggle.spec.message.GroupPatch;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.MemberRole;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests and answers of the calls about groups. */
final class GroupCallJson {
    private GroupCallJson() {}

    /** The request, or null if something is wrong or missing, which the fields know then. */
    static @Nullable CallRequest read(CallMethod method, Fields in) {
        if (method == CallMethod.GROUP_CREATE) {
            return new CallRequest.GroupCreate(
                    in.parsed("group", GroupId::parse),
                    GroupFields.given(in, false),
                    in.users("members", 0, CallRequest.MAX_MEMBERS));
        }
        GroupId group = in.required("group", in.parsed("group", GroupId::parse));
        return switch (method) {
            case GROUP_ADD, GROUP_REMOVE, GROUP_INVITE, GROUP_REFUSE -> ofUsers(method, group, users(in));
            case GROUP_LEAVE, GROUP_JOIN, GROUP_DECLINE, GROUP_DELETE -> ofMyself(method, group);
            case GROUP_UPDATE -> update(group, in);
            case GROUP_ROLE -> {
                UserId user = user(in);
                MemberRole role = in.required("role", GroupFields.role(in));
                yield group == null || user == null || role == null
                        ? null
                        : new CallRequest.GroupRole(group, user, role);
            }
            case GROUP_BAN, GROUP_UNBAN -> {
                UserId user = user(in);
                yield group == null || user == null
                        ? null
                        : new CallRequest.GroupBan(group, user, method == CallMethod.GROUP_BAN);
            }
            case GROUP_MUTE -> {
                UserId user = user(in);
                Long seconds = in.required("seconds", in.number("seconds", 0, CallRequest.MAX_MUTE_SECONDS));
                yield group == null || user == null || seconds == null
                        ? null
                        : new CallRequest.GroupMute(group, user, seconds);
            }
            case GROUP_INFO -> {
                UserId after = in.parsed("after", UserId::parse);
                int limit = in.number("limit", 1, CallRequest.MAX_MEMBERS, CallRequest.USUAL_MEMBERS);
                yield group == null ? null : new CallRequest.GroupInfo(group, after, limit);
            }
            default -> throw new IllegalStateException("no call about groups: " + method);
        };
    }

    private static @Nullable CallRequest ofUsers(CallMethod method, @Nullable GroupId group, List<UserId> users) {
        if (group == null) {
            return null;
        }
        return switch (method) {
            case GROUP_ADD -> new CallRequest.GroupAdd(group, users);
            case GROUP_REMOVE -> new CallRequest.GroupRemove(group, users);
            case GROUP_INVITE -> new CallRequest.GroupInvite(group, users);
            default -> new CallRequest.GroupRefuse(group, users);
        };
    }

    private static @Nullable CallRequest ofMyself(CallMethod method, @Nullable GroupId group) {
        if (group == null) {
            return null;
        }
        return switch (method) {
            case GROUP_LEAVE -> new CallRequest.GroupLeave(group);
            case GROUP_JOIN -> new CallRequest.GroupJoin(group);
            case GROUP_DECLINE -> new CallRequest.GroupDecline(group);
            default -> new CallRequest.GroupDelete(group);
        };
    }

    private static @Nullable CallRequest update(@Nullable GroupId group, Fields in) {
        GroupPatch change = GroupFields.given(in, true);
        if (change.isEmpty()) {
            in.fail("say what is to change: name, topic, picture, join or history");
        }
        return group == null ? null : new CallRequest.GroupUpdate(group, change);
    }

    private static @Nullable UserId user(Fields in) {
        return in.required("user", in.parsed("user", UserId::parse));
    }

    private static List<UserId> users(Fields in) {
        List<UserId> users = in.users("users", 1, CallRequest.MAX_MEMBERS);
        if (users.isEmpty()) {
            in.fail("users is missing");
        }
        return users;
    }

    /** Writes the fields of an answer. */
    static void write(CallResult.OfGroup result, JsonGenerator out) throws IOException {
        if (result instanceof CallResult.GroupCreated created) {
            out.writeStringField("group", created.group().value());
        } else if (result instanceof CallResult.GroupAdded added) {
            CallResultJson.users("added", added.added(), out);
        } else if (result instanceof CallResult.GroupRemoved removed) {
            CallResultJson.users("removed", removed.removed(), out);
        } else if (result instanceof CallResult.GroupInvited invited) {
            CallResultJson.users("invited", invited.invited(), out);
        } else if (result instanceof CallResult.GroupRefused refused) {
            CallResultJson.users("refused", refused.refused(), out);
        } else if (result instanceof CallResult.GroupJoined joined) {
            out.writeBooleanField("joined", joined.joined());
        }
        out.writeNumberField("seq", result.seq());
    }

    /** Writes the fields of what is known of a group. */
    static void write(CallResult.GroupInfo info, JsonGenerator out) throws IOException {
        out.writeStringField("group", info.group().value());
        CallResultJson.text("name", info.settings().name(), out);
        CallResultJson.text("topic", info.settings().topic(), out);
        CallResultJson.text("picture", info.settings().picture(), out);
        out.writeStringField("join", info.settings().join().code());
        out.writeStringField("history", info.settings().history().code());
        out.writeStringField("role", info.role().code());
        out.writeArrayFieldStart("members");
        for (Member member : info.members()) {
            out.writeStartObject();
            out.writeStringField("user", member.user().value());
            out.writeStringField("role", member.role().code());
            out.writeNumberField("since", member.since());
            out.writeEndObject();
        }
        out.writeEndArray();
        times("muted", "until", info.standings().muted(), out);
        times("invited", "since", info.standings().invited(), out);
        times("requests", "since", info.standings().requests(), out);
        times("banned", "since", info.standings().banned(), out);
        UserId next = info.next();
        CallResultJson.text("next", next == null ? null : next.value(), out);
    }

    private static void times(String field, String time, Map<UserId, Long> users, JsonGenerator out)
            throws IOException {
        if (users.isEmpty()) {
            return;
        }
        out.writeArrayFieldStart(field);
        for (Map.Entry<UserId, Long> one : users.entrySet()) {
            out.writeStartObject();
            out.writeStringField("user", one.getKey().value());
            out.writeNumberField(time, one.getValue());
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
