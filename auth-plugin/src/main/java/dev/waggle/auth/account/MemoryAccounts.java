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
        return before == null
                ? accounts.putIfAbsent(after.user(), after) == null
                : accounts.replace(after.user(), before, after);
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
        if (before == null) {
            return after == null || families.putIfAbsent(after.id(), after) == null;
        }
        return after == null ? families.remove(before.id(), before) : families.replace(before.id(), before, after);
    }
}
