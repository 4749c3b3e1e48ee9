package dev.waggle.spec.codec;

import dev.waggle.spec.Parsed;
import dev.waggle.spec.message.Reply;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@link Reply} as bytes: version, kind, fields. Kept in the rows of idempotency keys. */
public final class ReplyCodec {
    private static final int VERSION = 1;
    private static final int USUAL_ROOM = 24;
    private static final int MAX_PACKET_ID = 65_535;

    private static final int SENT = 1;
    private static final int GROUP_CREATED = 2;
    private static final int MEMBERS_ADDED = 3;
    private static final int MEMBERS_REMOVED = 4;
    private static final int GROUP_LEFT = 5;
    private static final int SESSION_OPENED = 6;
    private static final int FILTERS_CHANGED = 7;
    private static final int DONE = 8;
    private static final int RECORD_PUT = 9;
    private static final int EDITED = 20;
    private static final int DELETED = 21;
    private static final int MUTED = 22;
    private static final int SETTINGS_KEPT = 10;
    private static final int PUSH_KEPT = 11;
    private static final int DEVICE_FORGOTTEN = 12;
    private static final int MEMBERS_INVITED = 32;
    private static final int MEMBERS_REFUSED = 33;
    private static final int GROUP_JOINED = 34;
    private static final int GROUP_CHANGED = 35;

    private ReplyCodec() {}

    public static byte[] encode(Reply reply) {
        BinaryWriter out = new BinaryWriter(USUAL_ROOM);
        write(out, reply);
        return out.toByteArray();
    }

    /** Total: a reply or a reason. */
    public static Parsed<Reply> decode(byte[] bytes) {
        return BinaryReader.parse(bytes, "reply", ReplyCodec::read);
    }

    /** As a part of a larger form. */
    public static void write(BinaryWriter out, Reply reply) {
        out.u8(VERSION);
        if (reply instanceof Reply.Sent sent) {
            out.u8(SENT).number(sent.seq()).number(sent.ts());
        } else if (reply instanceof Reply.GroupCreated created) {
            out.u8(GROUP_CREATED).group(created.group()).number(created.seq());
        } else if (reply instanceof Reply.MembersAdded added) {
            out.u8(MEMBERS_ADDED).list(added.added(), BinaryWriter::user).number(added.seq());
        } else if (reply instanceof Reply.MembersRemoved removed) {
            out.u8(MEMBERS_REMOVED).list(removed.removed(), BinaryWriter::user).number(removed.seq());
        } else if (reply instanceof Reply.GroupLeft left) {
            out.u8(GROUP_LEFT).number(left.seq());
        } else if (reply instanceof Reply.MembersInvited invited) {
            out.u8(MEMBERS_INVITED).list(invited.invited(), BinaryWriter::user).number(invited.seq());
        } else if (reply instanceof Reply.MembersRefused refused) {
            out.u8(MEMBERS_REFUSED).list(refused.refused(), BinaryWriter::user).number(refused.seq());
        } else if (reply instanceof Reply.GroupJoined joined) {
            out.u8(GROUP_JOINED).flag(joined.joined()).number(joined.seq());
        } else if (reply instanceof Reply.GroupChanged changed) {
            out.u8(GROUP_CHANGED).number(changed.seq());
        } else if (reply instanceof Reply.SessionOpened opened) {
            out.u8(SESSION_OPENED);
            opened(out, opened);
        } else if (reply instanceof Reply.FiltersChanged changed) {
            out.u8(FILTERS_CHANGED).number(changed.inboxEnd());
            SharedLayouts.seqs(out, changed.withheldBefore());
        } else if (reply instanceof Reply.Edited edited) {
            out.u8(EDITED).number(edited.seq()).number(edited.ts());
        } else if (reply instanceof Reply.Deleted deleted) {
            out.u8(DELETED).number(deleted.deleted()).number(deleted.seq());
        } else if (reply instanceof Reply.Muted muted) {
            SharedLayouts.level(out.u8(MUTED).number(muted.until()), muted.level());
        } else if (reply instanceof Reply.SettingsKept kept) {
            SharedLayouts.standing(out.u8(SETTINGS_KEPT), kept.settings());
        } else if (reply instanceof Reply.PushKept kept) {
            out.u8(PUSH_KEPT).number(kept.version());
        } else if (reply instanceof Reply.DeviceForgotten gone) {
            out.u8(DEVICE_FORGOTTEN).flag(gone.forgotten());
        } else if (reply instanceof Reply.RecordPut put) {
            out.u8(RECORD_PUT).number(put.version());
        } else {
            Reply.Done done = (Reply.Done) reply;
            assert done != null;
            out.u8(DONE);
        }
    }

    /** As a part of a larger form. */
    public static Reply read(BinaryReader in) {
        int version = in.u8();
        if (version != VERSION) {
            throw in.bad("version " + version + " is unknown; known: " + VERSION);
        }
        int kind = in.u8();
        switch (kind) {
            case SENT:
                return new Reply.Sent(in.number(), in.number());
            case GROUP_CREATED:
                return new Reply.GroupCreated(in.group(), in.number());
            case MEMBERS_ADDED:
                return new Reply.MembersAdded(List.copyOf(in.list(BinaryReader::user)), in.number());
            case MEMBERS_REMOVED:
                return new Reply.MembersRemoved(List.copyOf(in.list(BinaryReader::user)), in.number());
            case GROUP_LEFT:
                return new Reply.GroupLeft(in.number());
            case MEMBERS_INVITED:
                return new Reply.MembersInvited(List.copyOf(in.list(BinaryReader::user)), in.number());
            case MEMBERS_REFUSED:
                return new Reply.MembersRefused(List.copyOf(in.list(BinaryReader::user)), in.number());
            case GROUP_JOINED:
                return new Reply.GroupJoined(in.flag(), in.number());
            case GROUP_CHANGED:
                return new Reply.GroupChanged(in.number());
            case SESSION_OPENED:
                return opened(in);
            case FILTERS_CHANGED:
                return new Reply.FiltersChanged(in.number(), SharedLayouts.seqs(in));
            case DONE:
                return new Reply.Done();
            case SETTINGS_KEPT:
                return new Reply.SettingsKept(SharedLayouts.standing(in));
            case PUSH_KEPT:
                return new Reply.PushKept(in.number());
            case DEVICE_FORGOTTEN:
                return new Reply.DeviceForgotten(in.flag());
            case RECORD_PUT:
                return new Reply.RecordPut(in.number());
            case EDITED:
                return new Reply.Edited(in.number(), in.number());
            case DELETED:
                return new Reply.Deleted(in.number(), in.number());
            case MUTED:
                return new Reply.Muted(in.number(), SharedLayouts.level(in));
            default:
                throw in.bad("kind " + kind + " is unknown");
        }
    }

    private static void opened(BinaryWriter out, Reply.SessionOpened opened) {
        out.flag(opened.present())
                .number(opened.epoch())
                .flag(opened.subscribed())
                .list(opened.filters(), SharedLayouts::filter);
        SharedLayouts.progress(out, opened.progress());
        out.number(opened.dupBefore()).number(opened.inboxEnd()).number(opened.waiting());
        SharedLayouts.seqs(out, opened.withheldBefore());
        out.list(opened.setAside(), BinaryWriter::number)
                .list(opened.openPackets(), (to, packetId) -> to.number(packetId))
                .number(opened.marksAt());
    }

    private static Reply.SessionOpened opened(BinaryReader in) {
        return new Reply.SessionOpened(
                in.flag(),
                in.number(),
                in.flag(),
                List.copyOf(in.list(SharedLayouts::filter)),
                SharedLayouts.progress(in),
                in.number(),
                in.number(),
                in.number(),
                SharedLayouts.seqs(in),
                Set.copyOf(new HashSet<>(in.list(BinaryReader::number))),
                Set.copyOf(new HashSet<>(in.list(from -> from.number(MAX_PACKET_ID)))),
                in.number());
    }
}
