package dev.waggle.spec.codec;

import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.SettingsChange;
import org.jspecify.annotations.Nullable;

/**
 * {@link Command} as bytes: version, kind, server time, fields. This is what a replicated log of commands carries, so
 * that every node decides the same.
 */
public final class CommandCodec {
    private static final int VERSION = 1;
    private static final int USUAL_ROOM = 160;
    private static final int MAX_PACKET_ID = 65_535;

    private static final int SEND_MESSAGE = 1;
    private static final int CREATE_GROUP = 2;
    private static final int ADD_MEMBERS = 3;
    private static final int REMOVE_MEMBERS = 4;
    private static final int LEAVE_GROUP = 5;
    private static final int OPEN_SESSION = 6;
    private static final int CLOSE_SESSION = 7;
    private static final int MOVE_CURSOR = 8;
    private static final int CHANGE_FILTERS = 9;
    private static final int RELEASE_PACKET = 10;
    private static final int TRIM_INBOX = 11;
    private static final int PUT_RECORD = 12;
    private static final int EDIT_MESSAGE = 20;
    private static final int DELETE_MESSAGES = 21;
    private static final int HIDE_MESSAGES = 22;
    private static final int TRIM_LOG = 23;
    private static final int MUTE_CONVERSATION = 24;
    private static final int MARK_READ = 13;
    private static final int CHANGE_SETTINGS = 14;
    private static final int KEEP_PUSH = 15;
    private static final int SETTLE_PUSH = 16;
    private static final int FORGET_DEVICE = 17;
    private static final int UPDATE_GROUP = 32;
    private static final int CHANGE_ROLE = 33;
    private static final int CHANGE_STANDING = 34;

    private CommandCodec() {}

    public static byte[] encode(Command command) {
        BinaryWriter out = new BinaryWriter(USUAL_ROOM).u8(VERSION);
        if (command instanceof Command.OfConversation ofConversation) {
            conversation(out, ofConversation);
        } else if (command instanceof Command.PutRecord put) {
            SharedLayouts.recordKey(out.u8(PUT_RECORD).number(put.now()), put.key());
            SharedLayouts.maybeBytes(out.number(put.expected()), put.value());
        } else if (command instanceof Command.TrimLog trim) {
            out.u8(TRIM_LOG)
                    .number(trim.now())
                    .conversation(trim.conversation())
                    .number(trim.from())
                    .number(trim.upTo());
        } else {
            user(out, (Command.OfUser) command);
        }
        return out.toByteArray();
    }

    /** Total: a command or a reason. */
    public static Parsed<Command> decode(byte[] bytes) {
        return BinaryReader.parse(bytes, "command", CommandCodec::read);
    }

    private static void conversation(BinaryWriter out, Command.OfConversation command) {
        out.u8(kind(command)).number(command.now());
        SharedLayouts.actor(out, command.actor());
        out.conversation(command.conversation());
        SharedLayouts.key(out, command.key());
        if (command instanceof Command.SendMessage send) {
            SharedLayouts.properties(out, send.properties());
            out.maybeNumber(send.qos2PacketId())
                    .flag(send.shadow())
                    .raw(send.body().shared());
        } else if (command instanceof Command.CreateGroup create) {
            GroupLayouts.patch(out, create.settings());
            out.list(create.members(), BinaryWriter::user);
        } else if (command instanceof Command.AddMembers add) {
            out.list(add.users(), BinaryWriter::user);
        } else if (command instanceof Command.RemoveMembers remove) {
            out.list(remove.users(), BinaryWriter::user);
        } else if (command instanceof Command.EditMessage edit) {
            out.number(edit.seq()).bytes(edit.body()).flag(edit.shadow());
        } else if (command instanceof Command.DeleteMessages delete) {
            SharedLayouts.ranges(out, delete.seqs());
            out.flag(delete.fromOutside());
        } else if (command instanceof Command.HideMessages hide) {
            SharedLayouts.ranges(out, hide.seqs());
        } else if (command instanceof Command.MuteConversation mute) {
            SharedLayouts.mute(out, mute.change());
        } else if (command instanceof Command.UpdateGroup update) {
            GroupLayouts.patch(out, update.change());
        } else if (command instanceof Command.ChangeRole change) {
            GroupLayouts.role(out.user(change.member()), change.role());
        } else if (command instanceof Command.ChangeStanding change) {
            GroupLayouts.kind(out, change.kind());
            out.list(change.users(), BinaryWriter::user).number(change.seconds());
        }
    }

    private static int kind(Command.OfConversation command) {
        if (command instanceof Command.SendMessage) {
            return SEND_MESSAGE;
        }
        if (command instanceof Command.CreateGroup) {
            return CREATE_GROUP;
        }
        if (command instanceof Command.AddMembers) {
            return ADD_MEMBERS;
        }
        if (command instanceof Command.RemoveMembers) {
            return REMOVE_MEMBERS;
        }
        if (command instanceof Command.LeaveGroup) {
            return LEAVE_GROUP;
        }
        if (command instanceof Command.EditMessage) {
            return EDIT_MESSAGE;
        }
        if (command instanceof Command.DeleteMessages) {
            return DELETE_MESSAGES;
        }
        if (command instanceof Command.HideMessages) {
            return HIDE_MESSAGES;
        }
        if (command instanceof Command.MuteConversation) {
            return MUTE_CONVERSATION;
        }
        if (command instanceof Command.UpdateGroup) {
            return UPDATE_GROUP;
        }
        if (command instanceof Command.ChangeRole) {
            return CHANGE_ROLE;
        }
        if (command instanceof Command.ChangeStanding) {
            return CHANGE_STANDING;
        }
        throw new IllegalStateException("a command without a kind: " + command.getClass());
    }

    private static void user(BinaryWriter out, Command.OfUser command) {
        if (command instanceof Command.OpenSession open) {
            begin(out, OPEN_SESSION, open)
                    .device(open.device())
                    .flag(open.cleanStart())
                    .number(open.expirySeconds())
                    .number(open.bootedAt());
        } else if (command instanceof Command.CloseSession close) {
            begin(out, CLOSE_SESSION, close)
                    .device(close.device())
                    .number(close.epoch())
                    .number(close.expirySeconds());
            SharedLayouts.progress(out, close.progress());
            out.list(close.unacknowledged(), BinaryWriter::number);
            SharedLayouts.seqs(out, close.delivered());
            out.number(close.marksAt());
        } else if (command instanceof Command.MoveCursor move) {
            begin(out, MOVE_CURSOR, move).device(move.device()).number(move.epoch());
            SharedLayouts.progress(out, move.progress());
            SharedLayouts.seqs(out, move.delivered());
        } else if (command instanceof Command.ChangeFilters change) {
            begin(out, CHANGE_FILTERS, change)
                    .maybeDevice(change.device())
                    .list(change.add(), SharedLayouts::filter)
                    .list(change.remove(), BinaryWriter::text);
        } else if (command instanceof Command.MarkRead read) {
            SharedLayouts.actor(out.u8(MARK_READ).number(read.now()), read.actor());
            out.conversation(read.conversation()).number(read.seq()).flag(read.isPrivate());
        } else if (command instanceof Command.ChangeSettings change) {
            settings(begin(out, CHANGE_SETTINGS, change), change.change());
        } else if (command instanceof Command.KeepPush keep) {
            begin(out, KEEP_PUSH, keep).device(keep.device()).number(keep.expected() + 1);
            SharedLayouts.maybeBytes(out, keep.registration());
        } else if (command instanceof Command.SettlePush settle) {
            SharedLayouts.handled(begin(out, SETTLE_PUSH, settle), settle.handled());
        } else if (command instanceof Command.ForgetDevice forget) {
            begin(out, FORGET_DEVICE, forget).device(forget.device());
        } else if (command instanceof Command.ReleasePacket release) {
            begin(out, RELEASE_PACKET, release).device(release.device()).number(release.packetId());
        } else {
            Command.TrimInbox trim = (Command.TrimInbox) command;
            begin(out, TRIM_INBOX, trim).number(trim.upTo()).list(trim.gaps(), SharedLayouts::missing);
        }
    }

    private static void settings(BinaryWriter out, SettingsChange change) {
        maybe(maybe(out, change.block()), change.unblock())
                .maybeNumber(bit(change.receipts()))
                .maybeNumber(bit(change.presence()))
                .maybeNumber(bit(change.lastSeen()))
                .maybeNumber(bit(change.shadowed()));
    }

    private static BinaryWriter maybe(BinaryWriter out, @Nullable UserId user) {
        return user == null ? out.flag(false) : out.flag(true).user(user);
    }

    private static @Nullable Integer bit(@Nullable Boolean flag) {
        return flag == null ? null : flag ? 1 : 0;
    }

    private static @Nullable Boolean flag(BinaryReader in) {
        Integer bit = in.maybeNumber(1);
        return bit == null ? null : bit == 1;
    }

    private static BinaryWriter begin(BinaryWriter out, int kind, Command.OfUser command) {
        return out.u8(kind).number(command.now()).user(command.user());
    }

    private static Command read(BinaryReader in) {
        int version = in.u8();
        if (version != VERSION) {
            throw in.bad("version " + version + " is unknown; known: " + VERSION);
        }
        int kind = in.u8();
        long now = in.number();
        switch (kind) {
            case SEND_MESSAGE:
                return ConversationCommands.send(in, now);
            case CREATE_GROUP:
                return ConversationCommands.create(in, now);
            case ADD_MEMBERS:
                return ConversationCommands.add(in, now);
            case REMOVE_MEMBERS:
                return ConversationCommands.remove(in, now);
            case LEAVE_GROUP:
                return ConversationCommands.leave(in, now);
            case EDIT_MESSAGE:
                return ConversationCommands.edit(in, now);
            case DELETE_MESSAGES:
                return ConversationCommands.delete(in, now);
            case HIDE_MESSAGES:
                return ConversationCommands.hide(in, now);
            case MUTE_CONVERSATION:
                return ConversationCommands.mute(in, now);
            case UPDATE_GROUP:
                return ConversationCommands.update(in, now);
            case CHANGE_ROLE:
                return ConversationCommands.role(in, now);
            case CHANGE_STANDING:
                return ConversationCommands.standing(in, now);
            case OPEN_SESSION:
                return new Command.OpenSession(in.user(), in.device(), in.flag(), in.number(), in.number(), now);
            case CLOSE_SESSION:
                return new Command.CloseSession(
                        in.user(),
                        in.device(),
                        in.number(),
                        in.number(),
                        SharedLayouts.progress(in),
                        in.list(BinaryReader::number),
                        SharedLayouts.seqs(in),
                        in.number(),
                        now);
            case MOVE_CURSOR:
                return new Command.MoveCursor(
                        in.user(), in.device(), in.number(), SharedLayouts.progress(in), SharedLayouts.seqs(in), now);
            case CHANGE_FILTERS:
                return new Command.ChangeFilters(
                        in.user(), in.maybeDevice(), in.list(SharedLayouts::filter), in.list(BinaryReader::text), now);
            case RELEASE_PACKET:
                return new Command.ReleasePacket(in.user(), in.device(), in.number(MAX_PACKET_ID), now);
            case KEEP_PUSH:
                return new Command.KeepPush(in.user(), in.device(), in.number() - 1, SharedLayouts.maybeBytes(in), now);
            case FORGET_DEVICE:
                return new Command.ForgetDevice(in.user(), in.device(), now);
            case SETTLE_PUSH:
                return new Command.SettlePush(in.user(), SharedLayouts.handled(in), now);
            case CHANGE_SETTINGS:
                return new Command.ChangeSettings(
                        in.user(),
                        new SettingsChange(
                                in.flag() ? in.user() : null,
                                in.flag() ? in.user() : null,
                                flag(in),
                                flag(in),
                                flag(in),
                                flag(in)),
                        now);
            case MARK_READ:
                return new Command.MarkRead(SharedLayouts.actor(in), in.conversation(), in.number(), in.flag(), now);
            case TRIM_INBOX:
                return new Command.TrimInbox(in.user(), in.number(), in.list(SharedLayouts::missing), now);
            case TRIM_LOG:
                return new Command.TrimLog(in.conversation(), in.number(), in.number(), now);
            case PUT_RECORD:
                return new Command.PutRecord(
                        SharedLayouts.recordKey(in), in.number(), SharedLayouts.maybeBytes(in), now);
            default:
                throw in.bad("kind " + kind + " is unknown");
        }
    }
}
