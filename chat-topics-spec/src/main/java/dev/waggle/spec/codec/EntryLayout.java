package dev.waggle.spec.codec;

import dev.waggle.spec.Author;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.GroupPatch;
import dev.waggle.spec.message.HiddenFrom;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.Standing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The row of a log entry, without conversation and seq, which are its key. First byte: version (high four bits) and kind
 * (low four); second byte: which optional parts follow. In a one-to-one conversation the usual author is a bit.
 *
 * <pre>
 * message   11 parts ts [author] [device] [hiddenFrom] [properties] [edit] body…
 * members   12 parts ts [author] [device] [name] [left] added removed [more [standing] [settings]]
 * edited    17 parts ts [author] [device] [hiddenFrom] target expiresAt body…
 * deleted   18 parts ts [author] [device] seqs
 * erased    19 parts ts [author] [device]
 * settings  1a parts ts [author] [device] change
 * </pre>
 */
final class EntryLayout {
    static final int VERSION = 1;
    static final int MESSAGE = VERSION << 4 | 1;
    static final int MEMBERS = VERSION << 4 | 2;
    static final int EDITED = VERSION << 4 | 7;
    static final int DELETED = VERSION << 4 | 8;
    static final int ERASED = VERSION << 4 | 9;
    static final int SETTINGS = VERSION << 4 | 10;

    /** Room for a row besides its body. */
    private static final int USUAL_ROOM = 96;

    private static final int FROM_LOW = 1;
    private static final int FROM_HIGH = 2;
    private static final int DEVICE = 4;
    private static final int PROPERTIES = 8;
    private static final int NAME = 16;
    private static final int LEFT = 32;
    private static final int CREATED = 64;
    /** Of a message: it was edited. */
    private static final int EDIT = 64;
    /** Of what is erased: it was an edit. */
    private static final int OF_EDIT = 64;
    /** Of a message or an edit: some do not see it. */
    private static final int HIDDEN = 16;
    /** Of a message or an edit: only its author sees it. */
    private static final int SHADOW = 32;

    private static final int MORE = 128;

    private static final int STANDING = 1;
    private static final int AT_CREATION = 2;

    private EntryLayout() {}

    static byte[] encode(Event.LogEntry entry) {
        if (entry instanceof Event.MessageStored message) {
            return message(message);
        }
        if (entry instanceof Event.MessageEdited edited) {
            BinaryWriter out = new BinaryWriter(USUAL_ROOM + edited.body().size());
            begin(out, EDITED, edited, hidden(edited));
            hiddenFrom(out, edited);
            return out.number(edited.target())
                    .number(edited.expiresAt())
                    .raw(edited.body().shared())
                    .toByteArray();
        }
        if (entry instanceof Event.MessagesDeleted deleted) {
            BinaryWriter out = new BinaryWriter(USUAL_ROOM);
            begin(out, DELETED, deleted, 0);
            SharedLayouts.ranges(out, deleted.seqs());
            return out.toByteArray();
        }
        if (entry instanceof Event.MessageErased erased) {
            BinaryWriter out = new BinaryWriter(USUAL_ROOM);
            begin(out, ERASED, erased, erased.edit() ? OF_EDIT : 0);
            return out.toByteArray();
        }
        if (entry instanceof Event.SettingsChanged change) {
            return settings(change);
        }
        return members((Event.MembersChanged) entry);
    }

    static Event.LogEntry read(ConversationId conversation, long seq, BinaryReader in) {
        int head = in.u8();
        switch (head) {
            case MESSAGE:
                return message(conversation, seq, in);
            case MEMBERS:
                return members(conversation, seq, in);
            case EDITED:
                return edited(conversation, seq, in);
            case DELETED:
                return deleted(conversation, seq, in);
            case ERASED:
                return erased(conversation, seq, in);
            case SETTINGS:
                return settings(conversation, seq, in);
            default:
                throw in.bad("version " + (head >> 4) + " kind " + (head & 15) + " is unknown; known: version "
                        + VERSION + " kinds 1, 2, 7, 8, 9, 10");
        }
    }

    private static byte[] message(Event.MessageStored message) {
        boolean properties = !message.properties().equals(MessageProperties.NONE);
        BinaryWriter out = new BinaryWriter(USUAL_ROOM + message.body().size());
        Event.Edit edit = message.edit();
        begin(out, MESSAGE, message, (properties ? PROPERTIES : 0) | (edit == null ? 0 : EDIT) | hidden(message));
        hiddenFrom(out, message);
        if (properties) {
            SharedLayouts.properties(out, message.properties());
        }
        if (edit != null) {
            out.number(edit.seq()).number(edit.ts());
        }
        return out.raw(message.body().shared()).toByteArray();
    }

    private static Event.MessageStored message(ConversationId conversation, long seq, BinaryReader in) {
        int parts = parts(in, FROM_LOW | FROM_HIGH | DEVICE | PROPERTIES | EDIT | HIDDEN | SHADOW);
        long ts = in.number();
        Author from = author(conversation, parts, in);
        DeviceId device = device(parts, in);
        HiddenFrom hiddenFrom = hiddenFrom(parts, from, in);
        MessageProperties properties =
                (parts & PROPERTIES) == 0 ? MessageProperties.NONE : SharedLayouts.properties(in);
        Event.Edit edit = (parts & EDIT) == 0 ? null : new Event.Edit(in.number(), in.number());
        Bytes body = in.rest();
        return new Event.MessageStored(conversation, seq, ts, from, device, properties, body, edit, hiddenFrom);
    }

    private static Event.MessageEdited edited(ConversationId conversation, long seq, BinaryReader in) {
        int parts = parts(in, FROM_LOW | FROM_HIGH | DEVICE | HIDDEN | SHADOW);
        long ts = in.number();
        Author from = author(conversation, parts, in);
        DeviceId device = device(parts, in);
        HiddenFrom hiddenFrom = hiddenFrom(parts, from, in);
        long target = in.number();
        long expiresAt = in.number();
        return new Event.MessageEdited(conversation, seq, ts, from, device, target, expiresAt, in.rest(), hiddenFrom);
    }

    private static Event.MessagesDeleted deleted(ConversationId conversation, long seq, BinaryReader in) {
        int parts = parts(in, FROM_LOW | FROM_HIGH | DEVICE);
        long ts = in.number();
        Author from = author(conversation, parts, in);
        DeviceId device = device(parts, in);
        return new Event.MessagesDeleted(conversation, seq, ts, from, device, SharedLayouts.ranges(in));
    }

    private static Event.MessageErased erased(ConversationId conversation, long seq, BinaryReader in) {
        int parts = parts(in, FROM_LOW | FROM_HIGH | DEVICE | OF_EDIT);
        long ts = in.number();
        Author from = author(conversation, parts, in);
        DeviceId device = device(parts, in);
        return new Event.MessageErased(conversation, seq, ts, from, device, (parts & OF_EDIT) != 0);
    }

    private static int hidden(Event.LogEntry entry) {
        HiddenFrom hidden = entry.hiddenFrom();
        return hidden.isShadow() ? SHADOW : hidden.isNobody() ? 0 : HIDDEN;
    }

    private static void hiddenFrom(BinaryWriter out, Event.LogEntry entry) {
        if (hidden(entry) == HIDDEN) {
            out.list(entry.hiddenFrom().users(), BinaryWriter::user);
        }
    }

    private static HiddenFrom hiddenFrom(int parts, Author from, BinaryReader in) {
        if ((parts & SHADOW) != 0) {
            return HiddenFrom.allBut(from.user());
        }
        return (parts & HIDDEN) == 0 ? HiddenFrom.NOBODY : HiddenFrom.of(in.list(BinaryReader::user));
    }

    private static byte[] members(Event.MembersChanged change) {
        BinaryWriter out = new BinaryWriter(USUAL_ROOM);
        String name = change.name();
        UserId left = change.left();
        Standing standing = change.standing();
        int more = (standing == null ? 0 : STANDING) | (change.settings().isEmpty() ? 0 : AT_CREATION);
        begin(
                out,
                MEMBERS,
                change,
                (name == null ? 0 : NAME)
                        | (left == null ? 0 : LEFT)
                        | (change.created() ? CREATED : 0)
                        | (more == 0 ? 0 : MORE));
        if (name != null) {
            out.text(name);
        }
        if (left != null) {
            out.user(left);
        }
        out.list(change.added(), SharedLayouts::member).list(change.removed(), BinaryWriter::user);
        if (more != 0) {
            out.u8(more);
        }
        if (standing != null) {
            GroupLayouts.standing(out, standing);
        }
        if ((more & AT_CREATION) != 0) {
            GroupLayouts.patch(out, change.settings());
        }
        return out.toByteArray();
    }

    private static byte[] settings(Event.SettingsChanged change) {
        BinaryWriter out = new BinaryWriter(USUAL_ROOM);
        begin(out, SETTINGS, change, 0);
        GroupLayouts.patch(out, change.change());
        return out.toByteArray();
    }

    private static Event.SettingsChanged settings(ConversationId conversation, long seq, BinaryReader in) {
        ConversationId.Group group = group(conversation, in);
        int parts = parts(in, FROM_LOW | FROM_HIGH | DEVICE);
        long ts = in.number();
        Author from = author(conversation, parts, in);
        DeviceId device = device(parts, in);
        return new Event.SettingsChanged(group, seq, ts, from, device, GroupLayouts.patch(in));
    }

    private static ConversationId.Group group(ConversationId conversation, BinaryReader in) {
        if (conversation instanceof ConversationId.Group group) {
            return group;
        }
        throw in.bad("only a group has members and settings");
    }

    private static Event.MembersChanged members(ConversationId conversation, long seq, BinaryReader in) {
        ConversationId.Group group = group(conversation, in);
        int parts = parts(in, FROM_LOW | FROM_HIGH | DEVICE | NAME | LEFT | CREATED | MORE);
        long ts = in.number();
        Author from = author(conversation, parts, in);
        DeviceId device = device(parts, in);
        String name = (parts & NAME) == 0 ? null : in.text();
        UserId left = (parts & LEFT) == 0 ? null : in.user();
        List<Member> added = in.list(SharedLayouts::member);
        List<UserId> removed = in.list(BinaryReader::user);
        int more = (parts & MORE) == 0 ? 0 : in.u8();
        if (more > (STANDING | AT_CREATION)) {
            throw in.bad("unknown parts");
        }
        return new Event.MembersChanged(
                group,
                seq,
                ts,
                from,
                device,
                (parts & CREATED) != 0,
                name,
                added,
                removed,
                left,
                (more & STANDING) == 0 ? null : GroupLayouts.standing(in),
                (more & AT_CREATION) == 0 ? GroupPatch.NONE : GroupLayouts.patch(in));
    }

    private static void begin(BinaryWriter out, int head, Event.LogEntry entry, int ownParts) {
        int known = knownAuthor(entry.conversation(), entry.from());
        DeviceId device = entry.device();
        out.u8(head).u8(ownParts | known | (device == null ? 0 : DEVICE)).number(entry.ts());
        if (known == 0) {
            out.author(entry.from());
        }
        if (device != null) {
            out.device(device);
        }
    }

    private static int knownAuthor(ConversationId conversation, Author from) {
        if (from.agent() != null || !(conversation instanceof ConversationId.Direct direct)) {
            return 0;
        }
        if (from.user().equals(direct.low())) {
            return FROM_LOW;
        }
        return from.user().equals(direct.high()) ? FROM_HIGH : 0;
    }

    private static int parts(BinaryReader in, int allowed) {
        int parts = in.u8();
        if ((parts & ~allowed) != 0) {
            throw in.bad("unknown parts");
        }
        return parts;
    }

    private static Author author(ConversationId conversation, int parts, BinaryReader in) {
        int known = parts & (FROM_LOW | FROM_HIGH);
        if (known == 0) {
            return in.author();
        }
        if (known == (FROM_LOW | FROM_HIGH) || !(conversation instanceof ConversationId.Direct direct)) {
            throw in.bad("an author of a one-to-one conversation is one of two users");
        }
        return Author.of(known == FROM_LOW ? direct.low() : direct.high());
    }

    private static @Nullable DeviceId device(int parts, BinaryReader in) {
        return (parts & DEVICE) == 0 ? null : in.device();
    }
}
