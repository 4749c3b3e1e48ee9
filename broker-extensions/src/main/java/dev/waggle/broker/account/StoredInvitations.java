package dev.waggle.broker.account;

import dev.waggle.auth.account.Invitation;
import dev.waggle.auth.account.InvitationStore;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.Ids;
import dev.waggle.spec.message.RecordKey;
import dev.waggle.store.ChatStore;
import dev.waggle.store.Reads.StoredRecord;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Invitations as records of the store, kind {@code invitation}, key the id. Blocks; on the threads of accounts only. */
public final class StoredInvitations implements InvitationStore {
    private static final String KIND = "invitation";

    /** Ours have 10 characters; what is longer is none of ours. */
    private static final int MAX_ID = 64;

    private final Records records;

    public StoredInvitations(ChatStore store, InstantSource clock) {
        this.records = new Records(store, clock);
    }

    @Override
    public Optional<Invitation> invitation(String id) {
        return Ids.isValid(id, MAX_ID)
                ? records.get(key(id)).map(row -> AccountRows.invitation(id, row))
                : Optional.empty();
    }

    @Override
    public List<Invitation> invitations(@Nullable String after, int limit) {
        Bytes behind = after == null ? null : Bytes.utf8(after);
        return records.page(KIND, Bytes.EMPTY, behind, limit).records().stream()
                .map(row -> AccountRows.invitation(row.key().key().asUtf8(), row))
                .toList();
    }

    @Override
    public boolean replace(@Nullable Invitation before, @Nullable Invitation after) {
        if (before == null) {
            return after == null || records.put(key(after.id()), 0, AccountRows.invitation(after));
        }
        Optional<StoredRecord> row = records.get(key(before.id()));
        return row.isPresent()
                && AccountRows.invitation(before.id(), row.get()).equals(before)
                && records.put(
                        key(before.id()), row.get().version(), after == null ? null : AccountRows.invitation(after));
    }

    private static RecordKey key(String id) {
        return RecordKey.of(KIND, id);
    }
}
