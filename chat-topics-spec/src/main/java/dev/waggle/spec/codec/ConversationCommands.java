package dev.waggle.spec.codec;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.SendKey;

/** Reads the commands whose key is a conversation: actor, conversation, idempotency key, then their own fields. */
final class ConversationCommands {
    private static final int MAX_PACKET_ID = 65_535;

    private ConversationCommands() {}

    static Command send(BinaryReader in, long now) {
        Actor actor = SharedLayouts.actor(in);
        ConversationId conversation = in.conversation();
        SendKey key = SharedLayouts.key(in);
        MessageProperties properties = SharedLayouts.properties(in);
        Integer packetId = in.maybeNumber(MAX_PACKET_ID);
        boolean shadow = in.flag();
        return new Command.SendMessage(actor, conversation, key, in.rest(), properties, packetId, shadow, now);
    }

    static Command create(BinaryReader in, long now) {
        Actor actor = SharedLayouts.actor(in);
        ConversationId.Group group = in.groupConversation();
        SendKey key = SharedLayouts.key(in);
        return new Command.CreateGroup(actor, group, GroupLayouts.patch(in), in.list(BinaryReader::user), key, now);
    }

    static Command add(BinaryReader in, long now) {
        Actor actor = SharedLayouts.actor(in);
        ConversationId.Group group = in.groupConversation();
        SendKey key = SharedLayouts.key(in);
        return new Command.AddMembers(actor, group, in.list(BinaryReader::user), key, now);
    }

    static Command remove(BinaryReader in, long now) {
        Actor actor = SharedLayouts.actor(in);
        ConversationId.Group group = in.groupConversation();
        SendKey key = SharedLayouts.key(in);
        return new Command.RemoveMembers(actor, group, in.list(BinaryReader::user), key, now);
    }

    static Command leave(BinaryReader in, long now) {
        Actor actor = SharedLayouts.actor(in);
        ConversationId.Group group = in.groupConversation();
        return new Command.LeaveGroup(actor, group, SharedLayouts.key(in), now);
    }

    static Command edit(BinaryReader in, long now) {
        Actor actor = SharedLayouts.actor(in);
        ConversationId conversation = in.conversation();
        SendKey key = SharedLayouts.key(in);
        long seq = in.number();
        return new Command.EditMessage(actor, conversation, seq, in.bytes(), in.flag(), key, now);
    }

    static Command delete(BinaryReader in, long now) {
        Actor actor = SharedLayouts.actor(in);
        ConversationId conversation = in.conversation();
        SendKey key = SharedLayouts.key(in);
        return new Command.DeleteMessages(actor, conversation, SharedLayouts.ranges(in), in.flag(), key, now);
    }

    static Command hide(BinaryReader in, long now) {
        Actor actor = SharedLayouts.actor(in);
        ConversationId conversation = in.conversation();
        SendKey key = SharedLayouts.key(in);
        return new Command.HideMessages(actor, conversation, SharedLayouts.ranges(in), key, now);
    }

    static Command mute(BinaryReader in, long now) {
        Actor actor = SharedLayouts.actor(in);
        ConversationId conversation = in.conversation();
        SendKey key = SharedLayouts.key(in);
        return new Command.MuteConversation(actor, conversation, SharedLayouts.mute(in), key, now);
    }

    static Command update(BinaryReader in, long now) {
        Actor actor = SharedLayouts.actor(in);
        ConversationId.Group group = in.groupConversation();
        SendKey key = SharedLayouts.key(in);
        return new Command.UpdateGroup(actor, group, GroupLayouts.patch(in), key, now);
    }

    static Command role(BinaryReader in, long now) {
        Actor actor = SharedLayouts.actor(in);
        ConversationId.Group group = in.groupConversation();
        SendKey key = SharedLayouts.key(in);
        return new Command.ChangeRole(actor, group, in.user(), GroupLayouts.role(in), key, now);
    }

    static Command standing(BinaryReader in, long now) {
        Actor actor = SharedLayouts.actor(in);
        ConversationId.Group group = in.groupConversation();
        SendKey key = SharedLayouts.key(in);
        return new Command.ChangeStanding(
                actor, group, GroupLayouts.kind(in), in.list(BinaryReader::user), in.number(), key, now);
    }
}
