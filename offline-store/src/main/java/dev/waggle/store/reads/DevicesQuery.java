package dev.waggle.store.reads;

import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.store.Reads.KnownDevice;
import dev.waggle.store.storage.DeviceRow;
import dev.waggle.store.storage.KeySchema;
import dev.waggle.store.storage.Rows;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageView;
import dev.waggle.store.storage.StorageView.Direction;
import dev.waggle.store.storage.Table;
import dev.waggle.store.storage.UserRow;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The devices that the store knows of a user. */
final class DevicesQuery {
    private final StorageView view;
    private final UserId user;
    private final long now;

    DevicesQuery(StorageView view, UserId user, long now) {
        this.view = view;
        this.user = user;
        this.now = now;
    }

    List<KnownDevice> all() throws StorageFailure {
        Map<DeviceId, KnownDevice> known = new TreeMap<>();
        view.scan(Table.HEADS, KeySchema.devices(user), Direction.ASCENDING, (key, value) -> {
            DeviceRow row = Rows.DEVICE.decode(key, value);
            long expiresAt = row.lastSeen() + row.expirySeconds() * 1_000;
            if (row.onlineSince() > 0 || expiresAt >= now) {
                DeviceId device = UserRow.of(user, key).deviceId();
                known.put(device, new KnownDevice(device, true, row.lastSeen(), expiresAt, false));
            }
            return true;
        });
        view.scan(Table.HEADS, KeySchema.pushes(user), Direction.ASCENDING, (key, value) -> {
            DeviceId device = UserRow.of(user, key).deviceId();
            KnownDevice durable = known.get(device);
            known.put(
                    device,
                    durable == null
                            ? new KnownDevice(device, false, 0, 0, true)
                            : new KnownDevice(device, true, durable.lastSeen(), durable.expiresAt(), true));
            return true;
        });
        return List.copyOf(known.values());
    }
}
