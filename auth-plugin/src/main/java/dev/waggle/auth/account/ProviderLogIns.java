package dev.waggle.auth.account;

import dev.waggle.auth.jwt.IdTokenCheck;
import dev.waggle.auth.jwt.IdTokens;
import dev.waggle.auth.jwt.LocalIssuer;
import dev.waggle.auth.revocation.RevocationRegister;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Log-in through a provider: its id token, which no other door takes, is exchanged for our tokens. The user id is derived
 * from issuer and subject; the account is made at the first time, without a password, whoever else may register. Answers
 * complete normally. Any thread.
 */
public final class ProviderLogIns {
    /** A fetch that began before the token came, then one of its own; more changes nothing. */
    private static final int MAX_WAITS = 2;

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
            RevocationRegister revocations,
            InstantSource clock,
            SecureRandom random) {
        this.store = store;
        this.threads = threads;
        this.idTokens = idTokens;
        this.sessions = new Sessions(store, issuer, revocations, clock, random);
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
                        installation -> look(idToken, nonce, clock.millis(), 0, installation),
                        reason -> told(new AccountAnswer.Refused(AccountAnswer.Why.FORM, reason)));
    }

    private CompletionStage<AccountAnswer> look(
            String idToken, @Nullable String nonce, long arrivedAt, int waits, DeviceId device) {
        IdTokenCheck check = idTokens.check(idToken, nonce, arrivedAt);
        if (check instanceof IdTokenCheck.Later later && waits < MAX_WAITS) {
            return later.keys().thenCompose(fetched -> look(idToken, nonce, arrivedAt, waits + 1, device));
        }
        if (check instanceof IdTokenCheck.Good good) {
            return threads.after(
                    sessions.pause(good.user(), device), () -> threads.quick(() -> logIn(good.user(), device)));
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
            store.replace(null, new Account(user, PasswordHashing.OF_NO_PASSWORD, Actor.Role.USER, true));
            found = store.account(user);
        }
        return found.filter(Account::enabled)
                .map(account -> sessions.start(account, device))
                .orElse(new AccountAnswer.Refused(AccountAnswer.Why.CREDENTIALS, "the account is disabled"));
    }

    private static CompletionStage<AccountAnswer> told(AccountAnswer answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
