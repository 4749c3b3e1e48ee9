package dev.waggle.auth.account;

import dev.waggle.spec.UserId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An {@link AccountStore} that lasts as long as the process: for tests and demonstrations. Any thread. */
public final class MemoryAccounts implements AccountStore {
    private final NavigableMap<UserId, Account> accounts = new TreeMap<>();
    private final Map<String, RefreshFamily> families = new HashMap<>();

    @Override
    public synchronized Optional<Account> account(UserId user) {
        return Optional.ofNullable(accounts.get(user));
    }

    @Override
    public synchronized List<Account> accounts(@Nullable UserId after, int limit) {
        return (after == null ? accounts : accounts.tailMap(after, false))
                .values().stream().limit(limit).toList();
    }

    @Override
    public synchronized boolean replace(@Nullable Account before, Account after) {
        Account now = accounts.get(after.user());
        if (before == null ? now != null : !before.equals(now)) {
            return false;
        }
        accounts.put(after.user(), after);
        return true;
    }

    @Override
    public synchronized Optional<RefreshFamily> family(String id) {
        return Optional.ofNullable(families.get(id));
    }

    @Override
    public synchronized List<RefreshFamily> families(UserId user) {
        return families.values().stream()
                .filter(family -> family.user().equals(user))
                .sorted(Comparator.comparingLong(RefreshFamily::startedAt).thenComparing(RefreshFamily::id))
                .toList();
    }

    @Override
    public synchronized boolean replace(@Nullable RefreshFamily before, @Nullable RefreshFamily after) {
        String id;
        if (before != null) {
            id = before.id();
        } else if (after != null) {
            id = after.id();
        } else {
            return true;
        }
        RefreshFamily now = families.get(id);
        if (before == null ? now != null : !before.equals(now)) {
            return false;
        }
        if (after == null) {
            families.remove(id);
        } else {
            families.put(id, after);
        }
        return true;
    }
}
