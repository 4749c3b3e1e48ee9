package dev.waggle.store.reads;

import dev.waggle.spec.UserId;
import dev.waggle.store.storage.KeySchema;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageView;
import dev.waggle.store.storage.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Users with something in their outbox of pushes. */
final class OutboxesQuery {
    private OutboxesQuery() {}

    static List<UserId> page(StorageView view, @Nullable UserId after, int limit) throws StorageFailure {
        List<UserId> users = new ArrayList<>();
        view.scan(Table.HEADS, KeySchema.outboxes(after), StorageView.Direction.ASCENDING, (key, value) -> {
            users.add(KeySchema.outboxUser(key));
            return users.size() < limit;
        });
        return users;
    }
}
