package dev.waggle.store.check;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.Mark;
import dev.waggle.store.storage.InboxMeta;
import dev.waggle.store.storage.InboxRows;
import dev.waggle.store.storage.KeyRange;
import dev.waggle.store.storage.KeyReader;
import dev.waggle.store.storage.KeySchema;
import dev.waggle.store.storage.LogRows;
import dev.waggle.store.storage.OutboxRow;
import dev.waggle.store.storage.Row;
import dev.waggle.store.storage.Rows;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageView;
import dev.waggle.store.storage.Table;
import dev.waggle.store.storage.UrgentRow;
import dev.waggle.store.storage.UserRow;
import org.jspecify.annotations.Nullable;

/**
 * Small state: records can be read, groups have entries, devices have a cursor within the inbox, packet ids belong to a device, marks do not
 * pass the end of their conversation.
 */
final class HeadsCheck {
    private static final int GROUP = 'g';
    private static final int GROUP_MARKS = 'm';
    private static final int OUTBOX = 'o';
    private static final int RECORD = 'r';
    private static final int SHADOWED = 's';
    private static final int USER = 'u';

    private final StorageView view;
    private final Findings findings;
    private @Nullable UserId user;
    private long inboxEnd;
    private long users;

    HeadsCheck(StorageView view, Findings findings) {
        this.view = view;
        this.findings = findings;
    }

    void run() throws StorageFailure {
        view.scan(Table.HEADS, KeyRange.ALL, StorageView.Direction.ASCENDING, (key, value) -> {
            findings.of(() -> row(key, value));
            return true;
        });
    }

    long users() {
        return users;
    }

    private void row(byte[] key, byte[] value) throws StorageFailure {
        KeyReader parts = new KeyReader(key);
        int kind = parts.one();
        if (kind == GROUP) {
            ConversationId group = ConversationId.group(parts.group());
            Rows.GROUP.decode(key, value);
            if (view.last(Table.LOG, KeySchema.log(group)) == null) {
                findings.add(group + ": has members, but no entries");
            }
            return;
        }
        if (kind == GROUP_MARKS) {
            parts.group();
            Rows.GROUP_MARKS.decode(key, value);
            return;
        }
        if (kind == OUTBOX) {
            outbox(KeySchema.listedUser(key), Rows.OUTBOX.decode(key, value));
            return;
        }
        if (kind == SHADOWED) {
            Rows.SHADOWED.decode(key, value);
            shadowed(KeySchema.listedUser(key));
            return;
        }
        if (kind == RECORD) {
            KeySchema.recordKey(key);
            Rows.RECORD.decode(key, value);
            return;
        }
        if (kind != USER) {
            throw new StorageFailure(StorageFailure.Kind.DAMAGED, "no small state has a key of the kind " + kind);
        }
        UserId owner = parts.user();
        if (!owner.equals(user)) {
            begin(owner);
        }
        if (KeySchema.marks(owner).contains(key)) {
            mark(owner, key, Rows.MARK.decode(key, value));
        } else if (KeySchema.owns(owner).contains(key)) {
            KeySchema.markName(owner, key);
            Rows.OWN.decode(key, value);
        } else if (KeySchema.urgent(owner).contains(key)) {
            urgent(owner, key, Rows.URGENT.decode(key, value));
        } else {
            state(owner, UserRow.of(owner, key), key, value);
        }
    }

    private void outbox(UserId owner, OutboxRow row) throws StorageFailure {
        boolean[] wanted = {false};
        view.scan(Table.HEADS, KeySchema.pushes(owner), StorageView.Direction.ASCENDING, (key, value) -> {
            wanted[0] = true;
            return false;
        });
        if (!wanted[0]) {
            findings.add("outbox of " + owner + ": something is due, but no device can be woken");
        }
        if (row.from() < 1) {
            findings.add("outbox of " + owner + ": is due from " + row.from() + ", but positions begin at 1");
        }
    }

    private void shadowed(UserId owner) throws StorageFailure {
        byte[] key = KeySchema.settings(owner);
        byte[] settings = view.get(Table.HEADS, key);
        if (settings == null || !Rows.SETTINGS.decode(key, settings).shadowed()) {
            findings.add("user " + owner + ": is listed as shadowed, but is not");
        }
    }

    private void begin(UserId owner) throws StorageFailure {
        user = owner;
        users++;
        inboxEnd = Long.MAX_VALUE; // until it is known: what cannot be compared is no finding of its own
        Row last = view.last(Table.INBOX, KeySchema.inbox(owner));
        byte[] key = KeySchema.inboxMeta(owner);
        byte[] meta = view.get(Table.HEADS, key);
        long first = (meta == null ? InboxMeta.NONE : Rows.INBOX_META.decode(key, meta)).firstPosition();
        inboxEnd = Math.max(last == null ? 0 : InboxRows.position(last.key()), first - 1);
    }

    private void state(UserId owner, UserRow row, byte[] key, byte[] value) throws StorageFailure {
        switch (row.kind()) {
            case CURSOR -> {
                require(owner, row, KeySchema.device(owner, row.deviceId()), "a cursor", "no record");
                cursor(owner, row, Rows.CURSOR.decode(key, value));
            }
            case DEVICE -> {
                Rows.DEVICE.decode(key, value);
                require(owner, row, KeySchema.cursor(owner, row.deviceId()), "a record", "no cursor");
            }
            case PACKET -> {
                Rows.PACKET.decode(key, value);
                require(owner, row, KeySchema.device(owner, row.deviceId()), "a packet id", "no record");
            }
            case PUSH -> Rows.PUSH.decode(key, value);
            case SETTINGS -> Rows.SETTINGS.decode(key, value);
            case META -> Rows.INBOX_META.decode(key, value);
            case STARTS -> Rows.STARTS.decode(key, value);
        }
    }

    private void require(UserId owner, UserRow row, byte[] key, String has, String lacks) throws StorageFailure {
        if (view.get(Table.HEADS, key) == null) {
            findings.add("device " + owner + "." + row.deviceId() + ": has " + has + ", but " + lacks);
        }
    }

    private void cursor(UserId owner, UserRow row, DeviceProgress progress) {
        long furthest = Math.max(progress.cursor(), progress.sentUpTo());
        for (Long position : progress.above()) {
            furthest = Math.max(furthest, position);
        }
        if (furthest > inboxEnd) {
            findings.add("device " + owner + "." + row.deviceId() + ": its cursor is at " + furthest
                    + ", but the inbox ends at " + inboxEnd);
        }
    }

    private void mark(UserId owner, byte[] key, Mark mark) throws StorageFailure {
        ConversationName name = KeySchema.markName(owner, key);
        Row last = view.last(Table.LOG, KeySchema.log(name.of(owner)));
        long end = last == null ? 0 : LogRows.seq(last.key());
        long furthest = Math.max(mark.firstSeq(), Math.max(mark.delivered(), mark.read()));
        if (furthest > end) {
            findings.add("mark of " + owner + " in " + name.text() + ": is at " + furthest
                    + ", but the conversation ends at " + end);
        }
    }

    private void urgent(UserId owner, byte[] key, UrgentRow urgent) throws StorageFailure {
        ConversationName name = KeySchema.markName(owner, key);
        if (urgent.position() > inboxEnd) {
            findings.add("inbox of " + owner + ": something urgent in " + name.text() + " is said to stand at "
                    + urgent.position() + ", but the inbox ends at " + inboxEnd);
        }
    }
}
