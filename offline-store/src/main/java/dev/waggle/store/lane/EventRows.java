package dev.waggle.store.lane;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.InboxItem;
import dev.waggle.store.rules.ConversationState;
import dev.waggle.store.rules.DeviceState;
import dev.waggle.store.rules.GroupState;
import dev.waggle.store.rules.InboxState;
import dev.waggle.store.rules.Outbox;
import dev.waggle.store.rules.PacketAnswer;
import dev.waggle.store.storage.DeviceRow;
import dev.waggle.store.storage.GroupRow;
import dev.waggle.store.storage.InboxMeta;
import dev.waggle.store.storage.InboxRow;
import dev.waggle.store.storage.InboxRows;
import dev.waggle.store.storage.KeyRow;
import dev.waggle.store.storage.KeySchema;
import dev.waggle.store.storage.LogRows;
import dev.waggle.store.storage.OutboxRow;
import dev.waggle.store.storage.PacketRow;
import dev.waggle.store.storage.RecordRow;
import dev.waggle.store.storage.Rows;
import dev.waggle.store.storage.StartsRow;
import dev.waggle.store.storage.Table;
import dev.waggle.store.storage.UrgentRow;
import dev.waggle.store.storage.WriteSet;
import org.jspecify.annotations.Nullable;

/** Makes rows out of events and the states they lead to; what {@link HeadReader} reads. */
final class EventRows {
    private EventRows() {}

    static void entry(WriteSet writes, Event.LogEntry entry, ConversationState after) {
        writes.put(Table.LOG, KeySchema.log(entry.conversation(), entry.seq()), LogRows.encode(entry));
        boolean ofGroup = entry instanceof Event.MembersChanged || entry instanceof Event.SettingsChanged;
        if (ofGroup && entry.conversation() instanceof ConversationId.Group id) {
            GroupState group = after.group();
            if (group == null) {
                throw new IllegalStateException("a group changed, but there is none");
            }
            writes.put(
                    Table.HEADS,
                    KeySchema.group(id.group()),
                    Rows.GROUP.encode(new GroupRow(group.settings(), group.members(), group.standings())));
        }
    }

    static void replaced(WriteSet writes, Event.LogEntry entry) {
        writes.put(Table.LOG, KeySchema.log(entry.conversation(), entry.seq()), LogRows.encode(entry));
    }

    static void trimmed(WriteSet writes, Event.LogTrimmed trimmed) {
        writes.deleteRange(Table.LOG, KeySchema.log(trimmed.conversation(), trimmed.from(), trimmed.upTo() + 1));
    }

    static void key(WriteSet writes, KeyRef ref, Event.KeyRemembered used) {
        writes.put(Table.KEYS, ref.row(), Rows.KEY.encode(new KeyRow(used.hash(), used.reply(), used.expiresAt())));
    }

    static void record(WriteSet writes, Event.RecordChanged changed) {
        byte[] key = KeySchema.record(changed.key());
        Bytes value = changed.value();
        if (value == null) {
            writes.delete(Table.HEADS, key);
        } else {
            writes.put(Table.HEADS, key, Rows.RECORD.encode(new RecordRow(changed.version(), value)));
        }
    }

    static void added(WriteSet writes, Event.EntryAdded added) {
        Event.LogEntry entry = added.entry();
        writes.put(
                Table.INBOX,
                KeySchema.inbox(added.user(), added.position()),
                InboxRows.encode(added.user(), new InboxRow.Pointer(entry.conversation(), entry.seq())));
        if (entry instanceof Event.MessageStored message && message.properties().isUrgent()) {
            writes.put(
                    Table.HEADS,
                    KeySchema.urgent(added.user(), entry.conversation().seenBy(added.user())),
                    Rows.URGENT.encode(new UrgentRow(added.position())));
        }
    }

    /** The rows of one event of an inbox; the inbox's own row is {@link #meta}. */
    static void of(WriteSet writes, Event.OfInbox event, InboxState before, InboxState after) {
        UserId user = event.user();
        if (event instanceof Event.EntryAdded added) {
            added(writes, added);
        } else if (event instanceof Event.CursorMoved moved) {
            cursor(writes, user, moved.device(), moved.progress());
        } else if (event instanceof Event.MarkMoved moved) {
            writes.put(
                    Table.HEADS,
                    KeySchema.mark(user, moved.conversation().seenBy(user)),
                    Rows.MARK.encode(moved.mark()));
            if (moved.mark().shownAt() != 0 && moved.conversation() instanceof ConversationId.Group group) {
                writes.put(
                        Table.HEADS,
                        KeySchema.groupMarks(group.group()),
                        Rows.GROUP_MARKS.encode(moved.mark().shownAt()));
            }
        } else if (event instanceof Event.OwnChanged changed) {
            writes.put(
                    Table.HEADS,
                    KeySchema.own(user, changed.conversation().seenBy(user)),
                    Rows.OWN.encode(changed.own()));
        } else if (event instanceof Event.DeviceOpened opened) {
            device(writes, user, after.device(opened.device()), true);
        } else if (event instanceof Event.DeviceClosed closed) {
            device(writes, user, after.device(closed.device()), true);
        } else if (event instanceof Event.FiltersKept kept) {
            device(writes, user, after.device(kept.device()), false);
        } else if (event instanceof Event.DeviceForgotten forgotten) {
            forget(writes, user, before.device(forgotten.device()));
        } else if (event instanceof Event.PacketTaken taken) {
            writes.put(
                    Table.HEADS,
                    KeySchema.packet(user, taken.device(), taken.packetId()),
                    Rows.PACKET.encode(new PacketRow(taken.seq(), taken.ts())));
        } else if (event instanceof Event.PacketReleased released) {
            writes.delete(Table.HEADS, KeySchema.packet(user, released.device(), released.packetId()));
        } else if (event instanceof Event.ConversationStarted started) {
            writes.put(
                    Table.HEADS,
                    KeySchema.starts(user),
                    Rows.STARTS.encode(new StartsRow(started.since(), started.count())));
        } else if (event instanceof Event.UserSettingsChanged changed) {
            settings(writes, before, changed);
        } else if (event instanceof Event.PushKept kept) {
            push(writes, kept);
        } else if (event instanceof Event.InboxTrimmed trimmed) {
            trim(writes, trimmed);
        }
    }

    /** The inbox's own row, if what stands in it changed. */
    static void meta(WriteSet writes, InboxState before, InboxState after) {
        if (before.first() != after.first()
                || before.everSeen() != after.everSeen()
                || before.everDurable() != after.everDurable()
                || before.lastEpoch() != after.lastEpoch()
                || !before.withheld().equals(after.withheld())) {
            InboxMeta meta = new InboxMeta(
                    after.first(), after.withheld(), after.everSeen(), after.everDurable(), after.lastEpoch());
            writes.put(Table.HEADS, KeySchema.inboxMeta(after.user()), Rows.INBOX_META.encode(meta));
        }
    }

    /** What is due of pushes, if that changed. */
    static void outbox(WriteSet writes, Outbox before, InboxState after) {
        Outbox now = after.outbox();
        if (now == before || (now.from() == 0 && before.from() == 0)) {
            return;
        }
        byte[] key = KeySchema.outbox(after.user());
        if (now.from() == 0) {
            writes.delete(Table.HEADS, key);
        } else if (now.from() != before.from() || !now.handled().equals(before.handled())) {
            writes.put(Table.HEADS, key, Rows.OUTBOX.encode(new OutboxRow(now.from(), now.at(), now.handled())));
        }
    }

    private static void settings(WriteSet writes, InboxState before, Event.UserSettingsChanged changed) {
        UserId user = changed.user();
        writes.put(Table.HEADS, KeySchema.settings(user), Rows.SETTINGS.encode(changed.settings()));
        boolean shadowed = changed.settings().shadowed();
        if (shadowed && !before.settings().shadowed()) {
            writes.put(Table.HEADS, KeySchema.shadowed(user), Rows.SHADOWED.encode(true));
        } else if (!shadowed && before.settings().shadowed()) {
            writes.delete(Table.HEADS, KeySchema.shadowed(user));
        }
    }

    private static void push(WriteSet writes, Event.PushKept kept) {
        byte[] key = KeySchema.push(kept.user(), kept.device());
        Bytes registration = kept.registration();
        if (registration == null) {
            writes.delete(Table.HEADS, key);
        } else {
            writes.put(Table.HEADS, key, Rows.PUSH.encode(new RecordRow(kept.version(), registration)));
        }
    }

    private static void trim(WriteSet writes, Event.InboxTrimmed trimmed) {
        UserId user = trimmed.user();
        writes.deleteRange(Table.INBOX, KeySchema.inbox(user, 0, trimmed.upTo() + 1));
        for (InboxItem.Missing gap : trimmed.gaps()) {
            writes.put(
                    Table.INBOX,
                    KeySchema.inbox(user, gap.position()),
                    InboxRows.encode(user, new InboxRow.Gap(gap.conversation(), gap.from(), gap.to())));
        }
    }

    private static void device(WriteSet writes, UserId user, @Nullable DeviceState device, boolean cursorToo) {
        if (device == null) {
            return; // a transient device leaves no record
        }
        writes.put(
                Table.HEADS,
                KeySchema.device(user, device.id()),
                Rows.DEVICE.encode(new DeviceRow(
                        device.epoch(),
                        device.subscribed(),
                        device.filters(),
                        device.expirySeconds(),
                        device.lastSeen(),
                        device.onlineSince(),
                        device.ended(),
                        device.marksAt())));
        if (cursorToo) {
            cursor(writes, user, device.id(), device.progress());
        }
    }

    private static void forget(WriteSet writes, UserId user, @Nullable DeviceState device) {
        if (device == null) {
            return;
        }
        writes.delete(Table.HEADS, KeySchema.device(user, device.id()));
        writes.delete(Table.HEADS, KeySchema.cursor(user, device.id()));
        for (PacketAnswer packet : device.packets()) {
            writes.delete(Table.HEADS, KeySchema.packet(user, device.id(), packet.packetId()));
        }
    }

    private static void cursor(WriteSet writes, UserId user, DeviceId device, DeviceProgress progress) {
        writes.put(Table.HEADS, KeySchema.cursor(user, device), Rows.CURSOR.encode(progress));
    }
}
