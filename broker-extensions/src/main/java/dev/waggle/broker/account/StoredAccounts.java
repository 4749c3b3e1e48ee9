package dev.waggle.broker.account;

import dev.waggle.auth.account.Account;
import dev.waggle.auth.account.AccountStore;
import dev.waggle.auth.account.RefreshFamily;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.Ids;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.RecordKey;
import dev.waggle.store.ChatStore;
import dev.waggle.store.Reads.RecordPage;
import dev.waggle.store.Reads.StoredRecord;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Accounts and refresh families as records of the store. Blocks; on the threads of accounts only.
 *
 * <pre>
 * kind          key             value            written
 * ------------  --------------  ---------------  -------------------------------------------
 * account       user            Account          register, password, disable; never deleted
 * refresh       family          RefreshFamily    log-in, refresh; deleted when it ends
 * refresh-of    user 0 family   empty            before its family, deleted behind it
 * </pre>
 *
 * <p>Each row is a commit of its own. A crash between two leaves at most a {@code refresh-of} without a family, which is
 * passed over; never a family that its user's log-out would not find.
 */
public final class StoredAccounts implements AccountStore {
    private static final String ACCOUNT = "account";
    private static final String REFRESH = "refresh";
    private static final String REFRESH_OF = "refresh-of";

    /** Ours have 22 characters; what is longer is none of ours. */
    private static final int MAX_FAMILY = 64;

    private static final int PAGE = 1_000;
    private static final char SEPARATOR = 0;

    private final Records records;

    public StoredAccounts(ChatStore store, InstantSource clock) {
        this.records = new Records(store, clock);
    }

    @Override
    public Optional<Account> account(UserId user) {
        return records.get(key(user)).map(row -> AccountRows.account(user, row));
    }

    @Override
    public List<Account> accounts(@Nullable UserId after, int limit) {
        Bytes behind = after == null ? null : Bytes.utf8(after.value());
        return records.page(ACCOUNT, Bytes.EMPTY, behind, limit).records().stream()
                .map(row -> AccountRows.account(new UserId(row.key().key().asUtf8()), row))
                .toList();
    }

    @Override
    public boolean replace(@Nullable Account before, Account after) {
        RecordKey key = key(after.user());
        if (before == null) {
            return records.put(key, 0, AccountRows.account(after));
        }
        Optional<StoredRecord> row = records.get(key);
        return row.isPresent()
                && AccountRows.account(after.user(), row.get()).equals(before)
                && records.put(key, row.get().version(), AccountRows.account(after));
    }

    @Override
    public Optional<RefreshFamily> family(String id) {
        return Ids.isValid(id, MAX_FAMILY)
                ? records.get(key(id)).map(row -> AccountRows.family(id, row))
                : Optional.empty();
    }

    @Override
    public List<RefreshFamily> families(UserId user) {
        List<RefreshFamily> families = new ArrayList<>();
        String prefix = user.value() + SEPARATOR;
        Bytes after = null;
        boolean more = true;
        while (more) {
            RecordPage page = records.page(REFRESH_OF, Bytes.utf8(prefix), after, PAGE);
            for (StoredRecord row : page.records()) {
                after = row.key().key();
                family(after.asUtf8().substring(prefix.length()))
                        .filter(family -> family.user().equals(user))
                        .ifPresent(families::add);
            }
            more = page.more();
        }
        families.sort(Comparator.comparingLong(RefreshFamily::startedAt).thenComparing(RefreshFamily::id));
        return families;
    }

    @Override
    public boolean replace(@Nullable RefreshFamily before, @Nullable RefreshFamily after) {
        if (before == null) {
            return after == null || start(after);
        }
        RecordKey key = key(before.id());
        Optional<StoredRecord> row = records.get(key);
        boolean done = row.isPresent()
                && AccountRows.family(before.id(), row.get()).equals(before)
                && records.put(key, row.get().version(), after == null ? null : AccountRows.family(after));
        if (done && after == null) {
            RecordKey index = index(before);
            records.get(index).ifPresent(entry -> records.put(index, entry.version(), null));
        }
        return done;
    }

    private boolean start(RefreshFamily family) {
        RecordKey index = index(family);
        if (records.get(index).isEmpty()) {
            records.put(index, 0, Bytes.EMPTY);
        }
        return records.put(key(family.id()), 0, AccountRows.family(family));
    }

    private static RecordKey key(UserId user) {
        return RecordKey.of(ACCOUNT, user.value());
    }

    private static RecordKey key(String family) {
        return RecordKey.of(REFRESH, family);
    }

    private static RecordKey index(RefreshFamily family) {
        return RecordKey.of(REFRESH_OF, family.user().value() + SEPARATOR + family.id());
    }
}
