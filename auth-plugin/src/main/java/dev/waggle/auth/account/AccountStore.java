package dev.waggle.auth.account;

import dev.waggle.spec.UserId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where accounts and refresh tokens live. Every change is 'this instead of that', so that of two at once one wins and the
 * other looks again. What returned is durable. May block: called on the account pool only. A store that cannot answer
 * throws {@link java.io.UncheckedIOException}; then the outcome is not known.
 */
public interface AccountStore {

    Optional<Account> account(UserId user);

    /**
     * Accounts in the order of their ids.
     *
     * @param after continue behind this id; null: from the first
     * @param limit 1…1000
     */
    List<Account> accounts(@Nullable UserId after, int limit);

    /**
     * @param before what the caller saw; null: nothing
     * @return false if it is no longer so, and nothing was changed
     */
    boolean replace(@Nullable Account before, Account after);

    /** @param id untrusted */
    Optional<RefreshFamily> family(String id);

    /** In the order of their making. */
    List<RefreshFamily> families(UserId user);

    /**
     * @param before what the caller saw; null: nothing
     * @param after null: it ends
     * @return false if it is no longer so, and nothing was changed
     */
    boolean replace(@Nullable RefreshFamily before, @Nullable RefreshFamily after);
}
