package dev.waggle.auth.account;

import dev.waggle.auth.jwt.LocalIssuer;
import dev.waggle.auth.jwt.TokenRequest;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts, renews and ends what devices are logged in with. Blocks on the store; called on {@link AccountThreads}. */
final class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    /** Of access tokens; a tenth more or less each, so that devices which came together do not come together again. */
    static final Duration ACCESS = Duration.ofMinutes(15);

    /** Devices of one user that are logged in; the one that logged in first makes room. */
    static final int MAX_FAMILIES = 64;

    /** Of two that renew at once one loses and looks again; more often than this nobody loses by chance. */
    private static final int MAX_TRIES = 3;

    private final AccountStore store;
    private final LocalIssuer issuer;
    private final InstantSource clock;
    private final SecureRandom random;

    Sessions(AccountStore store, LocalIssuer issuer, InstantSource clock, SecureRandom random) {
        this.store = store;
        this.issuer = issuer;
        this.clock = clock;
        this.random = random;
    }

    /** The device's earlier log-in ends. */
    AccountAnswer start(Account account, DeviceId device) {
        List<RefreshFamily> others = store.families(account.user());
        int surplus = others.size() - MAX_FAMILIES + 1;
        for (int i = 0; i < others.size(); i++) {
            if (i < surplus || others.get(i).device().equals(device)) {
                end(others.get(i));
            }
        }
        RefreshToken token = RefreshToken.first(random);
        RefreshFamily family =
                RefreshFamily.start(token.family(), account.user(), device, token.hash(), clock.millis());
        if (!store.replace(null, family)) {
            throw new IllegalStateException("a random id of 128 bits a second time");
        }
        return session(account, family, token);
    }

    AccountAnswer refresh(RefreshToken presented) {
        for (int i = 0; i < MAX_TRIES; i++) {
            Optional<RefreshFamily> found = store.family(presented.family());
            if (found.isEmpty()) {
                return AccountAnswer.BAD_CREDENTIALS;
            }
            AccountAnswer answer = turn(found.get(), presented);
            if (answer != null) {
                return answer;
            }
        }
        return AccountAnswer.BAD_CREDENTIALS;
    }

    /** Null if somebody else changed the family meanwhile. */
    private @Nullable AccountAnswer turn(RefreshFamily family, RefreshToken presented) {
        Optional<Account> account = store.account(family.user()).filter(Account::enabled);
        RefreshToken next = presented.successor(random);
        RefreshFamily.Turn turn = family.turn(presented.hash(), next.hash(), clock.millis());
        if (account.isPresent() && turn instanceof RefreshFamily.Turn.Next renewed) {
            return store.replace(family, renewed.family()) ? session(account.get(), renewed.family(), next) : null;
        }
        if (turn instanceof RefreshFamily.Turn.Reused) {
            LOG.warn(
                    "a refresh token of user {} device {} was used twice: the device is logged out",
                    family.user(),
                    family.device());
        }
        return store.replace(family, null) ? AccountAnswer.BAD_CREDENTIALS : null;
    }

    /** @param device null: all of the user */
    void end(UserId user, @Nullable DeviceId device) {
        for (RefreshFamily family : store.families(user)) {
            if (device == null || family.device().equals(device)) {
                end(family);
            }
        }
    }

    /** The secret does not matter: to renew with a wrong one would end the family as well. */
    void end(RefreshToken presented) {
        store.family(presented.family()).ifPresent(this::end);
    }

    /** Whatever state it is in by now. */
    private void end(RefreshFamily family) {
        Optional<RefreshFamily> now = Optional.of(family);
        for (int i = 0; i < MAX_TRIES && now.isPresent(); i++) {
            if (store.replace(now.get(), null)) {
                return;
            }
            now = store.family(family.id());
        }
    }

    private AccountAnswer session(Account account, RefreshFamily family, RefreshToken token) {
        long seconds = ACCESS.toSeconds() * (90 + random.nextInt(21)) / 100;
        Duration lifetime = Duration.ofSeconds(seconds);
        String access = issuer.token(TokenRequest.of(account.user(), family.device(), account.role(), lifetime));
        return new AccountAnswer.Session(access, token.text(), lifetime, account.user() + "." + family.device());
    }
}
