package dev.waggle.spec.codec;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.InboxItem;
import dev.waggle.spec.message.SendKey;

/**
 * {@link Event} as bytes, in two forms. The <em>row</em> of a log entry or of a gap leaves out what its key in the store
 * says; it is the hot path. The <em>whole</em> form of any event stands alone: version, kind, fields.
 */
public final class EventCodec {
    private static final int VERSION = 1;
    private static final int USUAL_ROOM = 128;
    private static final int MAX_PACKET_ID = 65_535;

    /** First byte of the row of a gap: version and kind, as in {@link EntryLayout}. */
    private static final int MISSING = EntryLayout.VERSION << 4 | 3;

    private static final int LOG_ENTRY = 1;
    private static final int KEY_REMEMBERED = 2;
    private static final int ENTRY_ADDED = 3;
    private static final int CONVERSATION_WITHHELD = 4;
    private static final int DEVICE_OPENED = 5;
    private static final int DEVICE_CLOSED = 6;
    private static final int DEVICE_FORGOTTEN = 7;
    private static final int CURSOR_MOVED = 8;
    private static final int FILTERS_KEPT = 9;
    private static final int PACKET_TAKEN = 10;
    private static final int PACKET_RELEASED = 11;
    private static final int INBOX_TRIMMED = 12;
    private static final int MARK_MOVED = 13;
    private static final int CONVERSATION_STARTED = 14;
    private static final int RECORD_CHANGED = 15;
    private static final int OWN_CHANGED = 22;
    private static final int LOG_TRIMMED = 23;
    private static final int SETTINGS_CHANGED = 16;
    private static final int PUSH_KEPT = 17;
    private static final int PUSH_DUE = 18;
    private static final int PUSH_SETTLED = 19;

    private EventCodec() {}

    /** The row of a log entry; its key says conversation and seq. */
    public static byte[] encodeEntry(Event.LogEntry entry) {
        return EntryLayout.encode(entry);
    }

    /** Reads the row of a log entry. Total: an entry, or a reason that tells an unknown version from damage. */
    public static Parsed<Event.LogEntry> decodeEntry(ConversationId conversation, long seq, byte[] row) {
        return BinaryReader.parse(row, "log entry", in -> EntryLayout.read(conversation, seq, in));
    }

    /** The row of a gap in an inbox; its key says the position. */
    public static byte[] encodeMissing(InboxItem.Missing missing) {
        return new BinaryWriter(USUAL_ROOM)
                .u8(MISSING)
                .conversation(missing.conversation())
                .number(missing.from())
                .number(missing.to())
                .toByteArray();
    }

    /** Reads the row of a gap. Total. */
    public static Parsed<InboxItem.Missing> decodeMissing(long position, byte[] row) {
        return BinaryReader.parse(row, "gap", in -> {
            int head = in.u8();
            if (head != MISSING) {
                throw in.bad("version " + (head >> 4) + " kind " + (head & 15) + " is no known gap");
            }
            return new InboxItem.Missing(position, in.conversation(), in.number(), in.number());
        });
    }

    /** Any event, standing alone. */
    public static byte[] encode(Event event) {
        BinaryWriter out = new BinaryWriter(USUAL_ROOM).u8(VERSION);
        if (event instanceof Event.LogEntry entry) {
            entry(out.u8(LOG_ENTRY), entry);
        } else if (event instanceof Event.KeyRemembered key) {
            out.u8(KEY_REMEMBERED)
                    .conversation(key.conversation())
                    .author(key.subject())
                    .flag(key.call())
                    .bytes(key.key().bytes())
                    .bytes(key.hash());
            ReplyCodec.write(out, key.reply());
            out.number(key.expiresAt());
        } else if (event instanceof Event.LogTrimmed trimmed) {
            out.u8(LOG_TRIMMED)
                    .conversation(trimmed.conversation())
                    .number(trimmed.from())
                    .number(trimmed.upTo());
        } else if (event instanceof Event.RecordChanged changed) {
            SharedLayouts.recordKey(out.u8(RECORD_CHANGED), changed.key());
            out.number(changed.version());
            SharedLayouts.maybeBytes(out, changed.value());
        } else {
            inbox(out, (Event.OfInbox) event);
        }
        return out.toByteArray();
    }

    /** Reads any event that stands alone. Total. */
    public static Parsed<Event> decode(byte[] bytes) {
        return BinaryReader.parse(bytes, "event", EventCodec::read);
    }

    private static void inbox(BinaryWriter out, Event.OfInbox event) {
        if (event instanceof Event.EntryAdded added) {
            entry(out.u8(ENTRY_ADDED).user(added.user()).number(added.position()), added.entry());
        } else if (event instanceof Event.ConversationWithheld withheld) {
            out.u8(CONVERSATION_WITHHELD)
                    .user(withheld.user())
                    .conversation(withheld.conversation())
                    .number(withheld.before());
        } else if (event instanceof Event.DeviceOpened opened) {
            out.u8(DEVICE_OPENED)
                    .user(opened.user())
                    .device(opened.device())
                    .number(opened.epoch())
                    .flag(opened.fresh())
                    .number(opened.cursor())
                    .number(opened.expirySeconds())
                    .number(opened.at());
        } else if (event instanceof Event.DeviceClosed closed) {
            out.u8(DEVICE_CLOSED)
                    .user(closed.user())
                    .device(closed.device())
                    .number(closed.epoch())
                    .number(closed.expirySeconds());
            SharedLayouts.progress(out, closed.progress());
            out.list(closed.unacknowledged(), BinaryWriter::number)
                    .number(closed.marksAt())
                    .number(closed.at());
        } else if (event instanceof Event.DeviceForgotten gone) {
            out.u8(DEVICE_FORGOTTEN).user(gone.user()).device(gone.device());
        } else if (event instanceof Event.CursorMoved moved) {
            out.u8(CURSOR_MOVED).user(moved.user()).device(moved.device());
            SharedLayouts.progress(out, moved.progress());
        } else if (event instanceof Event.FiltersKept kept) {
            out.u8(FILTERS_KEPT).user(kept.user()).device(kept.device()).list(kept.filters(), SharedLayouts::filter);
        } else if (event instanceof Event.PacketTaken taken) {
            out.u8(PACKET_TAKEN)
                    .user(taken.user())
                    .device(taken.device())
                    .number(taken.packetId())
                    .number(taken.seq())
                    .number(taken.ts());
        } else if (event instanceof Event.PacketReleased released) {
            out.u8(PACKET_RELEASED)
                    .user(released.user())
                    .device(released.device())
                    .number(released.packetId());
        } else if (event instanceof Event.MarkMoved moved) {
            SharedLayouts.mark(out.u8(MARK_MOVED).user(moved.user()).conversation(moved.conversation()), moved.mark());
            out.maybeDevice(moved.by());
        } else if (event instanceof Event.PushKept kept) {
            out.u8(PUSH_KEPT).user(kept.user()).device(kept.device()).number(kept.version());
            SharedLayouts.maybeBytes(out, kept.registration());
        } else if (event instanceof Event.PushDue due) {
            out.u8(PUSH_DUE).user(due.user()).number(due.from()).number(due.at());
        } else if (event instanceof Event.PushSettled settled) {
            SharedLayouts.handled(out.u8(PUSH_SETTLED).user(settled.user()), settled.handled());
        } else if (event instanceof Event.UserSettingsChanged changed) {
            SharedLayouts.standing(out.u8(SETTINGS_CHANGED).user(changed.user()), changed.settings());
        } else if (event instanceof Event.OwnChanged changed) {
            out.u8(OWN_CHANGED).user(changed.user()).conversation(changed.conversation());
            SharedLayouts.own(out, changed.own());
            out.maybeDevice(changed.by());
        } else if (event instanceof Event.ConversationStarted started) {
            out.u8(CONVERSATION_STARTED)
                    .user(started.user())
                    .number(started.since())
                    .number(started.count());
        } else {
            Event.InboxTrimmed trimmed = (Event.InboxTrimmed) event;
            out.u8(INBOX_TRIMMED)
                    .user(trimmed.user())
                    .number(trimmed.upTo())
                    .list(trimmed.gaps(), SharedLayouts::missing);
        }
    }

    private static Event read(BinaryReader in) {
        int version = in.u8();
        if (version != VERSION) {
            throw in.bad("version " + version + " is unknown; known: " + VERSION);
        }
        int kind = in.u8();
        switch (kind) {
            case LOG_ENTRY:
                return entry(in);
            case KEY_REMEMBERED:
                return new Event.KeyRemembered(
                        in.conversation(),
                        in.author(),
                        in.flag(),
                        new SendKey(in.bytes()),
                        in.bytes(),
                        ReplyCodec.read(in),
                        in.number());
            case ENTRY_ADDED:
                return new Event.EntryAdded(in.user(), in.number(), entry(in));
            case CONVERSATION_WITHHELD:
                return new Event.ConversationWithheld(in.user(), in.conversation(), in.number());
            case DEVICE_OPENED:
                return new Event.DeviceOpened(
                        in.user(), in.device(), in.number(), in.flag(), in.number(), in.number(), in.number());
            case DEVICE_CLOSED:
                return new Event.DeviceClosed(
                        in.user(),
                        in.device(),
                        in.number(),
                        in.number(),
                        SharedLayouts.progress(in),
                        in.list(BinaryReader::number),
                        in.number(),
                        in.number());
            case DEVICE_FORGOTTEN:
                return new Event.DeviceForgotten(in.user(), in.device());
            case CURSOR_MOVED:
                return new Event.CursorMoved(in.user(), in.device(), SharedLayouts.progress(in));
            case FILTERS_KEPT:
                return new Event.FiltersKept(in.user(), in.device(), in.list(SharedLayouts::filter));
            case PACKET_TAKEN:
                return new Event.PacketTaken(
                        in.user(), in.device(), in.number(MAX_PACKET_ID), in.number(), in.number());
            case PACKET_RELEASED:
                return new Event.PacketReleased(in.user(), in.device(), in.number(MAX_PACKET_ID));
            case MARK_MOVED:
                return new Event.MarkMoved(in.user(), in.conversation(), SharedLayouts.mark(in), in.maybeDevice());
            case PUSH_KEPT:
                return new Event.PushKept(in.user(), in.device(), in.number(), SharedLayouts.maybeBytes(in));
            case PUSH_DUE:
                return new Event.PushDue(in.user(), in.number(), in.number());
            case PUSH_SETTLED:
                return new Event.PushSettled(in.user(), SharedLayouts.handled(in));
            case SETTINGS_CHANGED:
                return new Event.UserSettingsChanged(in.user(), SharedLayouts.standing(in));
            case CONVERSATION_STARTED:
                return new Event.ConversationStarted(in.user(), in.number(), in.number());
            case INBOX_TRIMMED:
                return new Event.InboxTrimmed(in.user(), in.number(), in.list(SharedLayouts::missing));
            case OWN_CHANGED:
                return new Event.OwnChanged(in.user(), in.conversation(), SharedLayouts.own(in), in.maybeDevice());
            case LOG_TRIMMED:
                return new Event.LogTrimmed(in.conversation(), in.number(), in.number());
            case RECORD_CHANGED:
                return new Event.RecordChanged(SharedLayouts.recordKey(in), in.number(), SharedLayouts.maybeBytes(in));
            default:
                throw in.bad("kind " + kind + " is unknown");
        }
    }

    /** An entry inside a larger form: its key, then its row with a length. */
    private static void entry(BinaryWriter out, Event.LogEntry entry) {
        out.conversation(entry.conversation()).number(entry.seq()).bytes(Bytes.wrap(EntryLayout.encode(entry)));
    }

    private static Event.LogEntry entry(BinaryReader in) {
        ConversationId conversation = in.conversation();
        long seq = in.number();
        Parsed<Event.LogEntry> entry = decodeEntry(conversation, seq, in.bytes().shared());
        if (entry instanceof Parsed.Bad<Event.LogEntry> bad) {
            throw in.bad(bad.reason());
        }
        return entry.get();
    }
}
