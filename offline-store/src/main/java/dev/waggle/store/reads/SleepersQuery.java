package dev.waggle.store.reads;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.InboxItem;
import dev.waggle.spec.message.UserSettings;
import dev.waggle.store.Reads.Sleeper;
import dev.waggle.store.Reads.Sleepers;
import dev.waggle.store.Reads.Unpushed;
import dev.waggle.store.rules.OutboxRules;
import dev.waggle.store.storage.DeviceRow;
import dev.waggle.store.storage.GroupRow;
import dev.waggle.store.storage.InboxMeta;
import dev.waggle.store.storage.InboxRows;
import dev.waggle.store.storage.KeySchema;
import dev.waggle.store.storage.OutboxRow;
import dev.waggle.store.storage.RecordRow;
import dev.waggle.store.storage.Row;
import dev.waggle.store.storage.Rows;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageView;
import dev.waggle.store.storage.Table;
import dev.waggle.store.storage.UserRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What there is to know of one user for whom a push may be due. */
final class SleepersQuery {
    /** Bodies read for one page: what is shown of a message is short. */
    private static final int MOST_BYTES = 262_144;

    private final StorageView view;
    private final UserId user;
    private final long now;
    private final Map<ConversationId, View> conversations = new HashMap<>();

    SleepersQuery(StorageView view, UserId user, long now) {
        this.view = view;
        this.user = user;
        this.now = now;
    }

    /** What the user is to a conversation. */
    private record View(boolean member, @Nullable String group, long read) {}

    /** @param from where entries are looked at from, 0: from the first that is due, if any is */
    Sleepers page(long from, int limit) throws StorageFailure {
        byte[] metaKey = KeySchema.inboxMeta(user);
        byte[] metaRow = view.get(Table.HEADS, metaKey);
        InboxMeta meta = metaRow == null ? InboxMeta.NONE : Rows.INBOX_META.decode(metaKey, metaRow);
        Row end = view.last(Table.INBOX, KeySchema.inbox(user));
        long last = Math.max(end == null ? 0 : InboxRows.position(end.key()), meta.firstPosition() - 1);
        byte[] outboxKey = KeySchema.outbox(user);
        byte[] outboxRow = view.get(Table.HEADS, outboxKey);
        OutboxRow outbox = outboxRow == null ? new OutboxRow(0, 0, Map.of()) : Rows.OUTBOX.decode(outboxKey, outboxRow);
        List<Sleeper> devices = devices(outbox, last);
        List<Unpushed> waiting = new ArrayList<>();
        boolean more = false;
        long first = from > 0 ? from : outbox.from();
        if (first > 0 && !devices.isEmpty()) {
            UserSettings settings = AudienceQuery.settings(view, user);
            List<InboxItem> items = new BacklogQuery(view, user).after(first - 1, limit, MOST_BYTES);
            for (InboxItem item : items) {
                if (item instanceof InboxItem.Entry entry && isTold(entry, meta, settings)) {
                    waiting.add(unpushed(entry));
                }
            }
            more = !items.isEmpty() && items.get(items.size() - 1).position() < last;
            last = more ? items.get(items.size() - 1).position() : last;
        }
        return new Sleepers(
                last, outbox.from(), devices, waiting, more, new ConversationsQuery(view, user, now).unread());
    }

    private List<Sleeper> devices(OutboxRow outbox, long last) throws StorageFailure {
        Map<DeviceId, RecordRow> registrations = new HashMap<>();
        view.scan(Table.HEADS, KeySchema.pushes(user), StorageView.Direction.ASCENDING, (key, value) -> {
            registrations.put(UserRow.of(user, key).deviceId(), Rows.PUSH.decode(key, value));
            return true;
        });
        List<Sleeper> devices = new ArrayList<>(registrations.size());
        for (Map.Entry<DeviceId, RecordRow> one : registrations.entrySet()) {
            DeviceId device = one.getKey();
            byte[] key = KeySchema.device(user, device);
            byte[] row = view.get(Table.HEADS, key);
            DeviceRow record = row == null ? null : Rows.DEVICE.decode(key, row);
            devices.add(new Sleeper(
                    device,
                    one.getValue().version(),
                    one.getValue().value(),
                    outbox.from() == 0 ? last : outbox.handled().getOrDefault(device, outbox.from() - 1),
                    record == null ? null : progress(device),
                    record == null ? 0 : record.onlineSince(),
                    record == null ? 0 : record.lastSeen()));
        }
        return devices;
    }

    private DeviceProgress progress(DeviceId device) throws StorageFailure {
        byte[] key = KeySchema.cursor(user, device);
        byte[] row = view.get(Table.HEADS, key);
        return row == null ? DeviceProgress.at(0) : Rows.CURSOR.decode(key, row);
    }

    /** What the user may no longer see is not told of either. */
    private boolean isTold(InboxItem.Entry item, InboxMeta meta, UserSettings settings) throws StorageFailure {
        Event.LogEntry entry = item.entry();
        return OutboxRules.wakes(entry, user)
                && item.position() >= meta.withheld().getOrDefault(entry.conversation(), 0L)
                && !settings.blocks(entry.from().user())
                && (entry instanceof Event.MembersChanged
                        || conversation(entry.conversation()).member());
    }

    private Unpushed unpushed(InboxItem.Entry item) throws StorageFailure {
        Event.LogEntry entry = item.entry();
        View of = conversation(entry.conversation());
        return new Unpushed(
                item.position(),
                entry,
                OwnQuery.of(view, user, entry.conversation()),
                of.read() >= entry.seq(),
                of.group());
    }

    private View conversation(ConversationId conversation) throws StorageFailure {
        View known = conversations.get(conversation);
        if (known == null) {
            byte[] key = KeySchema.mark(user, conversation.seenBy(user));
            byte[] row = view.get(Table.HEADS, key);
            long read = row == null ? 0 : Rows.MARK.decode(key, row).read();
            known = new View(true, null, read);
            if (conversation instanceof ConversationId.Group id) {
                GroupRow group = GroupQuery.row(view, id.group());
                known = group == null
                        ? new View(false, null, read)
                        : new View(
                                GroupQuery.member(group, user) != null,
                                group.settings().name(),
                                read);
            }
            conversations.put(conversation, known);
        }
        return known;
    }
}
