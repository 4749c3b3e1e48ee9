package dev.waggle.auth.account;

import dev.waggle.auth.Roles;
import dev.waggle.auth.jwt.IdTokenCheck;
import dev.waggle.auth.jwt.IdTokens;
import dev.waggle.auth.jwt.LocalIssuer;
import dev.waggle.auth.password.PasswordHash;
import dev.waggle.auth.revocation.RevocationRegister;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Log-in through a provider: its id token, which no other door takes, is exchanged for our tokens, or ends the account. The user id is derived
 * from issuer and subject; the account is made at the first time, without a password, whoever else may register. Answers
 * complete normally. Any thread.
 */
public final class ProviderLogIns {
    /** A fetch that began before the token came, then one of its own; more changes nothing. */
    private static final int MAX_WAITS = 2;

    private static final AccountAnswer NO_ACCOUNT = new AccountAnswer.Refused(
            AccountAnswer.Why.CREDENTIALS, "the account is disabled or deleted, or there is none");

    private final AccountStore store;
    private final AccountThreads threads;
    private final IdTokens idTokens;
    private final Sessions sessions;
    private final InstantSource clock;

    public ProviderLogIns(
            AccountStore store,
            AccountThreads threads,
            IdTokens idTokens,
            LocalIssuer issuer,
            Roles roles,
            RevocationRegister revocations,
            InstantSource clock,
            SecureRandom random) {
        this.store = store;
        this.threads = threads;
        this.idTokens = idTokens;
        this.sessions = new Sessions(store, issuer, roles, revocations, clock, random);
        this.clock = clock;
    }

    /**
     * @param idToken untrusted
     * @param device untrusted
     * @param nonce that the app sent to the provider, or null; untrusted
     */
    public CompletionStage<AccountAnswer> exchange(String idToken, String device, @Nullable String nonce) {
        return DeviceId.parse(device)
                .fold(
                        installation -> look(
                                idToken,
                                nonce,
                                clock.millis(),
                                0,
                                user -> threads.after(
                                        sessions.pause(user, installation),
                                        () -> threads.quick(() -> logIn(user, installation)))),
                        reason -> told(new AccountAnswer.Refused(AccountAnswer.Why.FORM, reason)));
    }

    /**
     * Whoever signs in at the provider once more may delete the account, which has no password to ask for. Every log-in of
     * the user ends, and the account does not come back with the next log-in.
     *
     * @param idToken untrusted
     * @param nonce that the app sent to the provider, or null; untrusted
     */
    public CompletionStage<AccountAnswer> erase(String idToken, @Nullable String nonce) {
        return look(idToken, nonce, clock.millis(), 0, user -> threads.quick(() -> erase(user)));
    }

    private AccountAnswer erase(UserId user) {
        return store.account(user)
                .filter(Account::enabled)
                .map(account -> sessions.become(account, account.erased()))
                .orElse(NO_ACCOUNT);
    }

    /** @param then what the token was for, with the user that it is good for */
    private CompletionStage<AccountAnswer> look(
            String idToken,
            @Nullable String nonce,
            long arrivedAt,
            int waits,
            Function<UserId, CompletionStage<AccountAnswer>> then) {
        IdTokenCheck check = idTokens.check(idToken, nonce, arrivedAt);
        if (check instanceof IdTokenCheck.Later later && waits < MAX_WAITS) {
            return later.keys().thenCompose(fetched -> look(idToken, nonce, arrivedAt, waits + 1, then));
        }
        if (check instanceof IdTokenCheck.Good good) {
            return then.apply(good.user());
        }
        if (check instanceof IdTokenCheck.Bad bad) {
            return told(new AccountAnswer.Refused(AccountAnswer.Why.CREDENTIALS, "id_token: " + bad.reason()));
        }
        return told(new AccountAnswer.Unavailable(
                check instanceof IdTokenCheck.Unavailable missing
                        ? missing.reason()
                        : "the key of the token is not known yet, try again later"));
    }

    private AccountAnswer logIn(UserId user, DeviceId device) {
        Optional<Account> found = store.account(user);
        if (found.isEmpty()) {
            store.replace(null, new Account(user, PasswordHash.OF_NO_PASSWORD, Actor.Role.USER, true));
            found = store.account(user);
        }
        return found.filter(Account::enabled)
                .map(account -> sessions.start(account, device))
                .orElse(NO_ACCOUNT);
    }

    private static CompletionStage<AccountAnswer> told(AccountAnswer answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
