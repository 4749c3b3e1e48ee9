package dev.waggle.store.reads;

import dev.waggle.spec.UserId;
import dev.waggle.store.storage.KeyRange;
import dev.waggle.store.storage.KeySchema;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageView;
import dev.waggle.store.storage.Table;
import java.util.ArrayList;
import java.util.List;

/** Users of whom something is noted in a list of its own: those with something in their outbox, those shadowed. */
final class ListedUsersQuery {
    private ListedUsersQuery() {}

    /** @param range of keys from {@link KeySchema#outboxes} or {@link KeySchema#shadowedBehind} */
    static List<UserId> page(StorageView view, KeyRange range, int limit) throws StorageFailure {
        List<UserId> users = new ArrayList<>();
        view.scan(Table.HEADS, range, StorageView.Direction.ASCENDING, (key, value) -> {
            users.add(KeySchema.listedUser(key));
            return users.size() < limit;
        });
        return users;
    }
}
