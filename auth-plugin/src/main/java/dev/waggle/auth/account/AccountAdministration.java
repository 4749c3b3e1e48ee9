package dev.waggle.auth.account;

import dev.waggle.auth.Role;
import dev.waggle.auth.Roles;
import dev.waggle.auth.jwt.LocalIssuer;
import dev.waggle.auth.password.Password;
import dev.waggle.auth.password.PasswordHashing;
import dev.waggle.auth.revocation.RevocationRegister;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of the local issuer as operators see them; who may is decided before. Changing a password and disabling end
 * every log-in of the user. Any thread.
 */
public final class AccountAdministration {
    /** Of two that change one account at once one loses and looks again. */
    private static final int MAX_TRIES = 3;

    /** Accounts in one answer. */
    public static final int MAX_LISTED = 1_000;

    private final AccountStore store;
    private final AccountThreads threads;
    private final Roles roles;
    private final PasswordHashing hashing;
    private final Sessions sessions;

    public AccountAdministration(
            AccountStore store,
            AccountThreads threads,
            PasswordHashing hashing,
            LocalIssuer issuer,
            Roles roles,
            RevocationRegister revocations,
            InstantSource clock,
            SecureRandom random) {
        this.store = store;
        this.threads = threads;
        this.roles = roles;
        this.hashing = hashing;
        this.sessions = new Sessions(store, issuer, roles, revocations, clock, random);
    }

    /**
     * A new account; registration need not be open.
     *
     * @param role name of a role, built-in or of the configuration; untrusted
     */
    public CompletionStage<AccountAnswer> add(String user, String password, String role) {
        return LocalAccounts.userId(user)
                .then(id -> LocalAccounts.newPassword(user, password)
                        .then(secret -> roles.parse(role)
                                .<CompletionStage<AccountAnswer>>then(
                                        known -> Parsed.ok(threads.hashing(() -> make(id, secret, known))))))
                .fold(answer -> answer, AccountAdministration::badForm);
    }

    private AccountAnswer make(UserId user, Password password, Role role) {
        boolean made = store.account(user).isEmpty()
                && store.replace(null, new Account(user, hashing.hash(password), role.name(), true));
        return made
                ? new AccountAnswer.Done()
                : new AccountAnswer.Refused(AccountAnswer.Why.TAKEN, "the user id is taken");
    }

    public CompletionStage<AccountAnswer> setPassword(String user, String password) {
        return UserId.parse(user)
                .then(id -> LocalAccounts.newPassword(user, password)
                        .<CompletionStage<AccountAnswer>>then(secret -> Parsed.ok(threads.hashing(() -> {
                            String hash = hashing.hash(secret);
                            return change(id, account -> account.withPasswordHash(hash), true);
                        }))))
                .fold(answer -> answer, AccountAdministration::badForm);
    }

    /** @param may false: no log-in and no refresh from now on */
    public CompletionStage<AccountAnswer> enable(String user, boolean may) {
        return UserId.parse(user)
                .fold(
                        id -> threads.quick(() -> change(id, account -> account.enabled(may), !may)),
                        AccountAdministration::badForm);
    }

    /**
     * Those that are not deleted.
     *
     * @param after continue behind this id; null: from the first
     * @param limit 1…{@link #MAX_LISTED}
     */
    public CompletionStage<AccountAnswer> list(@Nullable UserId after, int limit) {
        return threads.quick(() -> {
            List<Account> page = store.accounts(after, limit);
            List<Account> living =
                    page.stream().filter(account -> !account.isErased()).toList();
            return new AccountAnswer.Listed(living, page.size() == limit);
        });
    }

    private AccountAnswer change(UserId user, UnaryOperator<Account> how, boolean endsLogIns) {
        for (int i = 0; i < MAX_TRIES; i++) {
            Optional<Account> found = store.account(user).filter(account -> !account.isErased());
            if (found.isEmpty()) {
                return new AccountAnswer.Refused(AccountAnswer.Why.UNKNOWN, "there is no account " + user);
            }
            if (store.replace(found.get(), how.apply(found.get()))) {
                if (endsLogIns) {
                    sessions.end(user, null);
                }
                return new AccountAnswer.Done();
            }
        }
        return new AccountAnswer.Failed();
    }

    private static CompletionStage<AccountAnswer> badForm(String reason) {
        return CompletableFuture.completedFuture(new AccountAnswer.Refused(AccountAnswer.Why.FORM, reason));
    }
}
