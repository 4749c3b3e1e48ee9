package dev.waggle.store.lane;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.OwnSettings;
import dev.waggle.spec.message.RecordKey;
import dev.waggle.spec.message.UserSettings;
import dev.waggle.store.rules.ConversationState;
import dev.waggle.store.rules.DeviceState;
import dev.waggle.store.rules.GroupState;
import dev.waggle.store.rules.InboxState;
import dev.waggle.store.rules.Outbox;
import dev.waggle.store.rules.PacketAnswer;
import dev.waggle.store.rules.RecordState;
import dev.waggle.store.rules.Remembered;
import dev.waggle.store.rules.Starts;
import dev.waggle.store.storage.DeviceRow;
import dev.waggle.store.storage.Glimpse;
import dev.waggle.store.storage.GroupRow;
import dev.waggle.store.storage.InboxMeta;
import dev.waggle.store.storage.InboxRows;
import dev.waggle.store.storage.KeyRange;
import dev.waggle.store.storage.KeyRow;
import dev.waggle.store.storage.KeySchema;
import dev.waggle.store.storage.LogRows;
import dev.waggle.store.storage.OutboxRow;
import dev.waggle.store.storage.PacketRow;
import dev.waggle.store.storage.Row;
import dev.waggle.store.storage.Rows;
import dev.waggle.store.storage.StartsRow;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageView;
import dev.waggle.store.storage.Table;
import dev.waggle.store.storage.UserRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes states out of rows: as far as memory tells, for the committer, or from the disk, for a reader. */
final class HeadReader {
    /** More rows than a user can have besides the marks: a record, a cursor and 256 packet ids for each device. */
    private static final int MOST_ROWS = 16_384;

    private final StorageView view;
    private final boolean mayBlock;

    private HeadReader(StorageView view, boolean mayBlock) {
        this.view = view;
        this.mayBlock = mayBlock;
    }

    /** Never touches the disk. */
    static HeadReader inMemory(StorageView view) {
        return new HeadReader(view, false);
    }

    /** May block on the disk. */
    static HeadReader onDisk(StorageView view) {
        return new HeadReader(view, true);
    }

    /**
     * The state that a key of the cache names: a state of rules, or {@link Absent}; null if only the disk knows.
     */
    @Nullable
    Object read(Object key) throws StorageFailure {
        if (key instanceof UserId user) {
            return inbox(user);
        }
        if (key instanceof ConversationId conversation) {
            return conversation(conversation);
        }
        if (key instanceof RecordKey record) {
            return record(record);
        }
        if (key instanceof OwnRef own) {
            return own(own);
        }
        if (key instanceof EntryRef entry) {
            return entry(entry);
        }
        return key instanceof KeyRef ref ? remembered(ref) : mark((MarkRef) key);
    }

    private @Nullable Object conversation(ConversationId id) throws StorageFailure {
        GroupState group = null;
        if (id instanceof ConversationId.Group named) {
            byte[] key = KeySchema.group(named.group());
            Glimpse<byte[]> row = get(Table.HEADS, key);
            if (row instanceof Glimpse.Unknown) {
                return null;
            }
            if (row instanceof Glimpse.Present<byte[]> present) {
                GroupRow found = Rows.GROUP.decode(key, present.value());
                group = new GroupState(found.settings(), found.members(), found.standings());
            }
        }
        Glimpse<Row> last = last(Table.LOG, KeySchema.log(id));
        if (last instanceof Glimpse.Unknown) {
            return null;
        }
        if (last instanceof Glimpse.Present<Row> present) {
            Row row = present.value();
            return new ConversationState(
                    id,
                    LogRows.seq(row.key()),
                    LogRows.decode(id, row.key(), row.value()).ts(),
                    group);
        }
        return new ConversationState(id, 0, 0, group);
    }

    private @Nullable Object remembered(KeyRef ref) throws StorageFailure {
        byte[] key = ref.row();
        Glimpse<byte[]> row = get(Table.KEYS, key);
        if (row instanceof Glimpse.Present<byte[]> present) {
            KeyRow found = Rows.KEY.decode(key, present.value());
            return new Remembered(found.hash(), found.reply(), found.expiresAt());
        }
        return row instanceof Glimpse.Absent ? Absent.ABSENT : null;
    }

    private @Nullable Object record(RecordKey record) throws StorageFailure {
        byte[] key = KeySchema.record(record);
        Glimpse<byte[]> row = get(Table.HEADS, key);
        if (row instanceof Glimpse.Present<byte[]> present) {
            return new RecordState(Rows.RECORD.decode(key, present.value()).version());
        }
        return row instanceof Glimpse.Absent ? RecordState.NONE : null;
    }

    private @Nullable Object own(OwnRef ref) throws StorageFailure {
        byte[] key = KeySchema.own(ref.user(), ref.conversation().seenBy(ref.user()));
        Glimpse<byte[]> row = get(Table.HEADS, key);
        if (row instanceof Glimpse.Present<byte[]> present) {
            return Rows.OWN.decode(key, present.value());
        }
        return row instanceof Glimpse.Absent ? OwnSettings.NONE : null;
    }

    private @Nullable Object entry(EntryRef ref) throws StorageFailure {
        byte[] key = KeySchema.log(ref.conversation(), ref.seq());
        Glimpse<byte[]> row = get(Table.LOG, key);
        if (row instanceof Glimpse.Present<byte[]> present) {
            return EntryRef.state(LogRows.decode(ref.conversation(), key, present.value()));
        }
        return row instanceof Glimpse.Absent ? Absent.ABSENT : null;
    }

    private @Nullable Object mark(MarkRef ref) throws StorageFailure {
        byte[] key = KeySchema.mark(ref.user(), ref.conversation().seenBy(ref.user()));
        Glimpse<byte[]> row = get(Table.HEADS, key);
        if (row instanceof Glimpse.Present<byte[]> present) {
            return Rows.MARK.decode(key, present.value());
        }
        return row instanceof Glimpse.Absent ? Absent.ABSENT : null;
    }

    private @Nullable Object inbox(UserId user) throws StorageFailure {
        Glimpse<Row> last = last(Table.INBOX, KeySchema.inbox(user));
        if (last instanceof Glimpse.Unknown) {
            return null;
        }
        List<Row> rows;
        if (mayBlock) {
            rows = new ArrayList<>();
            view.scan(Table.HEADS, KeySchema.userState(user), StorageView.Direction.ASCENDING, (key, value) -> {
                rows.add(new Row(key, value));
                return true;
            });
        } else {
            Glimpse<List<Row>> found = view.tryRange(Table.HEADS, KeySchema.userState(user), MOST_ROWS);
            if (found instanceof Glimpse.Unknown) {
                return null;
            }
            rows = found instanceof Glimpse.Present<List<Row>> present ? present.value() : List.of();
        }
        long lastRow = last instanceof Glimpse.Present<Row> present
                ? InboxRows.position(present.value().key())
                : 0;
        Glimpse<byte[]> outbox = outbox(user, rows);
        if (outbox instanceof Glimpse.Unknown) {
            return null;
        }
        return inbox(
                user,
                lastRow,
                rows,
                outbox instanceof Glimpse.Present<byte[]> present
                        ? Rows.OUTBOX.decode(KeySchema.outbox(user), present.value())
                        : null);
    }

    /** Who has no device that can be woken has no outbox: most users of most servers. */
    private Glimpse<byte[]> outbox(UserId user, List<Row> rows) throws StorageFailure {
        KeyRange pushes = KeySchema.pushes(user);
        for (Row row : rows) {
            if (pushes.contains(row.key())) {
                return get(Table.HEADS, KeySchema.outbox(user));
            }
        }
        return new Glimpse.Absent<>();
    }

    private static InboxState inbox(UserId user, long lastRow, List<Row> rows, @Nullable OutboxRow outbox)
            throws StorageFailure {
        InboxMeta meta = InboxMeta.NONE;
        Starts starts = new Starts(0, 0);
        UserSettings settings = UserSettings.USUAL;
        Map<DeviceId, DeviceProgress> cursors = new TreeMap<>();
        Map<DeviceId, DeviceRow> records = new TreeMap<>();
        Map<DeviceId, List<PacketAnswer>> packets = new TreeMap<>();
        Map<DeviceId, Long> pushes = new TreeMap<>();
        for (Row row : rows) {
            byte[] key = row.key();
            UserRow kind = UserRow.of(user, key);
            switch (kind.kind()) {
                case CURSOR -> cursors.put(kind.deviceId(), Rows.CURSOR.decode(key, row.value()));
                case DEVICE -> records.put(kind.deviceId(), Rows.DEVICE.decode(key, row.value()));
                case PUSH ->
                    pushes.put(
                            kind.deviceId(), Rows.PUSH.decode(key, row.value()).version());
                case STARTS -> {
                    StartsRow found = Rows.STARTS.decode(key, row.value());
                    starts = new Starts(found.since(), found.count());
                }
                case SETTINGS -> settings = Rows.SETTINGS.decode(key, row.value());
                case META -> meta = Rows.INBOX_META.decode(key, row.value());
                case PACKET -> {
                    PacketRow packet = Rows.PACKET.decode(key, row.value());
                    packets.computeIfAbsent(kind.deviceId(), device -> new ArrayList<>())
                            .add(new PacketAnswer(kind.packetId(), packet.seq(), packet.ts()));
                }
            }
        }
        long last = Math.max(lastRow, meta.firstPosition() - 1);
        List<DeviceState> devices = new ArrayList<>(records.size());
        for (Map.Entry<DeviceId, DeviceRow> record : records.entrySet()) {
            DeviceId device = record.getKey();
            devices.add(device(
                    device,
                    record.getValue(),
                    cursors.getOrDefault(device, DeviceProgress.at(0)),
                    packets.getOrDefault(device, List.of())));
        }
        return new InboxState(
                user,
                meta.firstPosition(),
                last,
                meta.everSeen(),
                meta.everDurable(),
                meta.lastEpoch(),
                meta.withheld(),
                starts,
                settings,
                outbox(pushes, outbox),
                devices);
    }

    private static Outbox outbox(Map<DeviceId, Long> versions, @Nullable OutboxRow row) {
        return row == null
                ? new Outbox(versions, 0, 0, Map.of())
                : new Outbox(versions, row.from(), row.at(), row.handled());
    }

    private static DeviceState device(
            DeviceId device, DeviceRow row, DeviceProgress progress, List<PacketAnswer> packets) {
        return new DeviceState(
                device,
                row.epoch(),
                row.subscribed(),
                row.filters(),
                row.expirySeconds(),
                row.lastSeen(),
                row.onlineSince(),
                progress,
                row.ended(),
                packets,
                row.marksAt());
    }

    private Glimpse<byte[]> get(Table table, byte[] key) throws StorageFailure {
        return mayBlock ? certain(view.get(table, key)) : view.tryGet(table, key);
    }

    private Glimpse<Row> last(Table table, KeyRange range) throws StorageFailure {
        return mayBlock ? certain(view.last(table, range)) : view.tryLast(table, range);
    }

    private static <T> Glimpse<T> certain(@Nullable T found) {
        return found == null ? new Glimpse.Absent<>() : new Glimpse.Present<>(found);
    }
}
