package dev.waggle.auth.account;

import dev.waggle.auth.Role;
import dev.waggle.auth.Roles;
import dev.waggle.auth.jwt.LocalIssuer;
import dev.waggle.auth.jwt.TokenRequest;
import dev.waggle.auth.revocation.RevocationRegister;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.Parsed;
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
    private final Roles roles;
    private final IssuedTokens tokens;
    private final InstantSource clock;
    private final SecureRandom random;

    Sessions(
            AccountStore store,
            LocalIssuer issuer,
            Roles roles,
            RevocationRegister revocations,
            InstantSource clock,
            SecureRandom random) {
        this.store = store;
        this.tokens = new IssuedTokens(revocations, clock);
        this.issuer = issuer;
        this.roles = roles;
        this.clock = clock;
        this.random = random;
    }

    /** How long a log-in has to wait so that its token counts: what was revoked this second covers all of the second. */
    Duration pause(UserId user, DeviceId device) {
        return tokens.untilGood(user, device);
    }

    /**
     * The device's earlier log-in ends.
     *
     * @param account as it was when its owner was proved
     */
    AccountAnswer start(Account account, DeviceId device) {
        return roles.parse(account.role()).fold(role -> start(account, role, device), reason -> withoutRole(account));
    }

    private AccountAnswer start(Account account, Role role, DeviceId device) {
        long issuedAt = clock.millis();
        List<RefreshFamily> others = store.families(account.user());
        int surplus = others.size() - MAX_FAMILIES + 1;
        for (int i = 0; i < others.size(); i++) {
            RefreshFamily other = others.get(i);
            if (other.device().equals(device)) {
                end(other);
            } else if (i < surplus) {
                end(other);
                tokens.end(other.user(), other.device());
            }
        }
        RefreshToken token = RefreshToken.first(random);
        RefreshFamily family =
                RefreshFamily.start(token.family(), account.user(), device, token.hash(), clock.millis());
        if (!store.replace(null, family)) {
            throw new IllegalStateException("a random id of 128 bits a second time");
        }
        // Whoever changed the password or disabled the account meanwhile may not have seen this family.
        if (store.account(account.user()).filter(account::equals).isEmpty()) {
            end(family);
            return AccountAnswer.BAD_CREDENTIALS;
        }
        return session(account, role, family, token, issuedAt);
    }

    /** @param patient true: {@code Busy} with a pause if a token of this second would not count */
    AccountAnswer refresh(RefreshToken presented, boolean patient) {
        for (int i = 0; i < MAX_TRIES; i++) {
            Optional<RefreshFamily> found = store.family(presented.family());
            if (found.isEmpty()) {
                return AccountAnswer.BAD_CREDENTIALS;
            }
            Duration pause = pause(found.get().user(), found.get().device());
            if (patient && !pause.isZero()) {
                return new AccountAnswer.Busy(pause);
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
        long issuedAt = clock.millis();
        RefreshToken next = presented.successor(random);
        RefreshFamily.Turn turn = family.turn(presented.hash(), next.hash(), issuedAt);
        if (account.isPresent() && turn instanceof RefreshFamily.Turn.Next renewed) {
            Parsed<Role> role = roles.parse(account.get().role());
            if (!role.isOk()) {
                // The token is not used up: the device comes back when the role does.
                return withoutRole(account.get());
            }
            return store.replace(family, renewed.family())
                    ? session(account.get(), role.get(), renewed.family(), next, issuedAt)
                    : null;
        }
        if (turn instanceof RefreshFamily.Turn.Reused) {
            LOG.warn(
                    "a refresh token of user {} device {} was used twice: the device is logged out",
                    family.user(),
                    family.device());
        }
        if (!store.replace(family, null)) {
            return null;
        }
        if (turn instanceof RefreshFamily.Turn.Reused) {
            tokens.end(family.user(), family.device());
        }
        return AccountAnswer.BAD_CREDENTIALS;
    }

    /** The account changes so that every log-in of the user ends. */
    AccountAnswer become(Account before, Account after) {
        boolean done = store.replace(before, after);
        end(before.user(), null);
        return done ? new AccountAnswer.Done() : new AccountAnswer.Failed();
    }

    /**
     * Log-ins end, and the access tokens that they gave. A device that is not logged in has none.
     *
     * @param device null: all of the user
     */
    void end(UserId user, @Nullable DeviceId device) {
        boolean any = device == null;
        for (RefreshFamily family : store.families(user)) {
            if (device == null || family.device().equals(device)) {
                end(family);
                any = true;
            }
        }
        if (any) {
            tokens.end(user, device);
        }
    }

    /** The secret does not matter: to renew with a wrong one would end the family as well. */
    void end(RefreshToken presented) {
        store.family(presented.family()).ifPresent(family -> {
            end(family);
            tokens.end(family.user(), family.device());
        });
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

    private static AccountAnswer withoutRole(Account account) {
        return new AccountAnswer.Refused(
                AccountAnswer.Why.ROLE,
                "the account has the role '" + account.role() + "', which the configuration does not have any more");
    }

    private AccountAnswer session(Account account, Role role, RefreshFamily family, RefreshToken token, long issuedAt) {
        long seconds = ACCESS.toSeconds() * (90 + random.nextInt(21)) / 100;
        Duration lifetime = Duration.ofSeconds(seconds);
        String access = issuer.token(TokenRequest.ofAccount(account.user(), family.device(), role, lifetime), issuedAt);
        return new AccountAnswer.Session(access, token.text(), lifetime, account.user() + "." + family.device());
    }
}
