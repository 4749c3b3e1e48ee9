package dev.waggle.broker.call;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.call.CallRequest;
import dev.waggle.spec.call.CallResult;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Reply;
import dev.waggle.spec.message.SendKey;
import dev.waggle.spec.message.Standing;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The methods that change groups: what they ask of the store, and what they answer. */
final class GroupCalls {
    private final GroupIds groupIds;
    private final InstantSource clock;

    GroupCalls(GroupIds groupIds, InstantSource clock) {
        this.groupIds = groupIds;
        this.clock = clock;
    }

    /** The command of a request that changes something. */
    Command.OfConversation command(CallRequest.OfGroup request, Actor actor, @Nullable SendKey key) {
        long now = clock.millis();
        if (request instanceof CallRequest.GroupCreate create) {
            GroupId chosen = create.group();
            GroupId group = chosen != null ? chosen : groupIds.next(actor.author(), key);
            return new Command.CreateGroup(actor, of(group), create.settings(), create.members(), key, now);
        }
        if (request instanceof CallRequest.GroupAdd add) {
            return new Command.AddMembers(actor, of(add.group()), add.users(), key, now);
        }
        if (request instanceof CallRequest.GroupRemove remove) {
            return new Command.RemoveMembers(actor, of(remove.group()), remove.users(), key, now);
        }
        if (request instanceof CallRequest.GroupLeave leave) {
            return new Command.LeaveGroup(actor, of(leave.group()), key, now);
        }
        if (request instanceof CallRequest.GroupUpdate update) {
            return new Command.UpdateGroup(actor, of(update.group()), update.change(), key, now);
        }
        if (request instanceof CallRequest.GroupRole role) {
            return new Command.ChangeRole(actor, of(role.group()), role.user(), role.role(), key, now);
        }
        return standing(request, actor, key, now);
    }

    private static Command.OfConversation standing(
            CallRequest.OfGroup request, Actor actor, @Nullable SendKey key, long now) {
        GroupId group;
        Standing.Kind kind;
        List<UserId> users = List.of();
        long seconds = 0;
        if (request instanceof CallRequest.GroupInvite invite) {
            group = invite.group();
            kind = Standing.Kind.INVITED;
            users = invite.users();
        } else if (request instanceof CallRequest.GroupRefuse refuse) {
            group = refuse.group();
            kind = Standing.Kind.REFUSED;
            users = refuse.users();
        } else if (request instanceof CallRequest.GroupBan ban) {
            group = ban.group();
            kind = ban.banned() ? Standing.Kind.BANNED : Standing.Kind.UNBANNED;
            users = List.of(ban.user());
        } else if (request instanceof CallRequest.GroupMute mute) {
            group = mute.group();
            kind = mute.seconds() == 0 ? Standing.Kind.UNMUTED : Standing.Kind.MUTED;
            users = List.of(mute.user());
            seconds = mute.seconds();
        } else if (request instanceof CallRequest.GroupJoin join) {
            group = join.group();
            kind = Standing.Kind.REQUESTED;
        } else if (request instanceof CallRequest.GroupDecline decline) {
            group = decline.group();
            kind = Standing.Kind.DECLINED;
        } else if (request instanceof CallRequest.GroupDelete delete) {
            group = delete.group();
            kind = Standing.Kind.DISSOLVED;
        } else {
            throw new IllegalStateException("a method that changes no group: " + request.method());
        }
        return new Command.ChangeStanding(actor, of(group), kind, users, seconds, key, now);
    }

    /** What a method that changed a group answers. */
    static CallResult result(Reply reply) {
        if (reply instanceof Reply.GroupCreated created) {
            return new CallResult.GroupCreated(created.group(), created.seq());
        }
        if (reply instanceof Reply.MembersAdded added) {
            return new CallResult.GroupAdded(added.added(), added.seq());
        }
        if (reply instanceof Reply.MembersRemoved removed) {
            return new CallResult.GroupRemoved(removed.removed(), removed.seq());
        }
        if (reply instanceof Reply.MembersInvited invited) {
            return new CallResult.GroupInvited(invited.invited(), invited.seq());
        }
        if (reply instanceof Reply.MembersRefused refused) {
            return new CallResult.GroupRefused(refused.refused(), refused.seq());
        }
        if (reply instanceof Reply.GroupJoined joined) {
            return new CallResult.GroupJoined(joined.joined(), joined.seq());
        }
        if (reply instanceof Reply.GroupLeft left) {
            return new CallResult.GroupChanged(left.seq());
        }
        if (reply instanceof Reply.GroupChanged changed) {
            return new CallResult.GroupChanged(changed.seq());
        }
        throw new IllegalStateException("a reply that no call has: " + reply);
    }

    private static ConversationId.Group of(GroupId group) {
        return new ConversationId.Group(group);
    }
}
