package dev.waggle.auth.account;

import dev.waggle.auth.Roles;
import dev.waggle.auth.jwt.LocalIssuer;
import dev.waggle.auth.password.Password;
import dev.waggle.auth.password.PasswordHash;
import dev.waggle.auth.password.PasswordHashing;
import dev.waggle.auth.revocation.RevocationRegister;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import dev.waggle.spec.UserIds;
import dev.waggle.spec.message.Actor;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of the local issuer as their owners see them: register, log in, renew, log out, change the password, delete
 * the account. Everything that comes in is untrusted text. Answers
 * complete normally. Unknown users, wrong passwords and disabled accounts are one answer after one and the same work. Any
 * thread.
 */
public final class LocalAccounts {
    private static final AccountAnswer CLOSED = new AccountAnswer.Refused(
            AccountAnswer.Why.CLOSED, "registration is closed, or needs an invitation that is good");

    private final AccountStore store;
    private final AccountThreads threads;
    private final Registration registration;
    private final PasswordHashing hashing;
    private final Sessions sessions;

    public LocalAccounts(
            AccountStore store,
            AccountThreads threads,
            PasswordHashing hashing,
            Registration registration,
            LocalIssuer issuer,
            Roles roles,
            RevocationRegister revocations,
            InstantSource clock,
            SecureRandom random) {
        this.store = store;
        this.threads = threads;
        this.registration = registration;
        this.hashing = hashing;
        this.sessions = new Sessions(store, issuer, roles, revocations, clock, random);
    }

    /** A new account, logged in. */
    public CompletionStage<AccountAnswer> register(
            String user, String password, String device, @Nullable String invite) {
        Registration.Pass pass = registration.pass(invite);
        if (pass == null) {
            return CompletableFuture.completedFuture(CLOSED);
        }
        return userId(user)
                .then(id -> DeviceId.parse(device)
                        .then(installation -> newPassword(user, password)
                                .<CompletionStage<AccountAnswer>>then(secret ->
                                        Parsed.ok(threads.hashing(() -> create(id, secret, installation, pass))))))
                .fold(answer -> answer, reason -> refused(AccountAnswer.Why.FORM, reason));
    }

    private AccountAnswer create(UserId user, Password password, DeviceId device, Registration.Pass pass) {
        // Both looked at before the costly hash; decided below.
        if (!pass.isGood()) {
            return CLOSED;
        }
        if (store.account(user).isEmpty()) {
            Account account = new Account(user, hashing.hash(password), Actor.Role.USER, true);
            if (!pass.use()) {
                return CLOSED;
            }
            // If the store throws, the account may be there: then the use stays taken.
            if (store.replace(null, account)) {
                return sessions.start(account, device);
            }
            pass.giveBack();
        }
        return new AccountAnswer.Refused(AccountAnswer.Why.TAKEN, "the user id is taken");
    }

    public CompletionStage<AccountAnswer> logIn(String user, String password, String device) {
        Parsed<DeviceId> installation = DeviceId.parse(device);
        return installation.fold(
                known -> threads.after(
                        pause(user, known),
                        () -> threads.hashing(() -> check(userId(user), Password.typed(password), known))),
                reason -> refused(AccountAnswer.Why.FORM, reason));
    }

    private Duration pause(String user, DeviceId device) {
        return userId(user).fold(id -> sessions.pause(id, device), reason -> Duration.ZERO);
    }

    private AccountAnswer check(Parsed<UserId> user, Password password, DeviceId device) {
        return verified(user, password)
                .map(account -> sessions.start(renewed(account, password), device))
                .orElse(AccountAnswer.BAD_CREDENTIALS);
    }

    /** The same work whether there is such a user or not. */
    private Optional<Account> verified(Parsed<UserId> user, Password password) {
        Optional<Account> found = user.fold(store::account, reason -> Optional.empty());
        String hash = found.map(Account::passwordHash).orElse(PasswordHash.OF_NOBODY);
        boolean fits = hashing.matches(password, hash);
        return found.filter(account -> fits && account.enabled());
    }

    /** Once we know the password, a hash of old parameters can be replaced. */
    private Account renewed(Account account, Password password) {
        if (!PasswordHash.isOutdated(account.passwordHash())) {
            return account;
        }
        Account newer = account.withPasswordHash(hashing.hash(password));
        return store.replace(account, newer) ? newer : account;
    }

    /** A new pair of tokens for a refresh token, which is good no more. */
    public CompletionStage<AccountAnswer> refresh(String refreshToken) {
        return RefreshToken.parse(refreshToken)
                .fold(this::refresh, reason -> CompletableFuture.completedFuture(AccountAnswer.BAD_CREDENTIALS));
    }

    private CompletionStage<AccountAnswer> refresh(RefreshToken token) {
        return threads.quick(() -> sessions.refresh(token, true))
                .thenCompose(answer -> answer instanceof AccountAnswer.Busy busy
                                && busy.retryAfter().compareTo(IssuedTokens.LONGEST_PAUSE) <= 0
                        ? threads.after(busy.retryAfter(), () -> threads.quick(() -> sessions.refresh(token, false)))
                        : CompletableFuture.completedFuture(answer));
    }

    /** Ends the log-in that the token belongs to; done also if there is none (RFC 7009 §2.2). */
    public CompletionStage<AccountAnswer> revoke(String refreshToken) {
        return RefreshToken.parse(refreshToken)
                .fold(
                        token -> threads.quick(() -> {
                            sessions.end(token);
                            return new AccountAnswer.Done();
                        }),
                        reason -> CompletableFuture.completedFuture(new AccountAnswer.Done()));
    }

    /** @param device null: all devices of the user */
    public CompletionStage<AccountAnswer> logOut(UserId user, @Nullable DeviceId device) {
        return threads.quick(() -> {
            sessions.end(user, device);
            return new AccountAnswer.Done();
        });
    }

    /** Every log-in of the user ends: whoever knew the old password must not stay. */
    public CompletionStage<AccountAnswer> changePassword(String user, String password, String next) {
        return newPassword(user, next)
                .fold(
                        secret -> threads.hashing(() -> verified(userId(user), Password.typed(password))
                                .map(account ->
                                        sessions.become(account, account.withPasswordHash(hashing.hash(secret))))
                                .orElse(AccountAnswer.BAD_CREDENTIALS)),
                        reason -> refused(AccountAnswer.Why.FORM, reason));
    }

    /** Every log-in of the user ends, and nobody gets the id again. */
    public CompletionStage<AccountAnswer> erase(String user, String password) {
        return threads.hashing(() -> verified(userId(user), Password.typed(password))
                .map(account -> sessions.become(account, account.erased()))
                .orElse(AccountAnswer.BAD_CREDENTIALS));
    }

    static Parsed<UserId> userId(String text) {
        return UserIds.isMapped(text)
                ? Parsed.bad("user ids of x and 26 characters of [a-z2-7] belong to other issuers")
                : UserId.parse(text);
    }

    static Parsed<Password> newPassword(String user, String typed) {
        return user.equalsIgnoreCase(typed)
                ? Parsed.bad("the password must not be the user id")
                : Password.choose(typed);
    }

    private static CompletionStage<AccountAnswer> refused(AccountAnswer.Why why, String reason) {
        return CompletableFuture.completedFuture(new AccountAnswer.Refused(why, reason));
    }
}
