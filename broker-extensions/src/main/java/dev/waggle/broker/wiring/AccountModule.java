package dev.waggle.broker.wiring;

import dagger.Module;
import dagger.Provides;
import dev.waggle.auth.Roles;
import dev.waggle.auth.account.AccountAdministration;
import dev.waggle.auth.account.AccountStore;
import dev.waggle.auth.account.AccountThreads;
import dev.waggle.auth.account.InvitationStore;
import dev.waggle.auth.account.Invitations;
import dev.waggle.auth.account.LocalAccounts;
import dev.waggle.auth.account.LogInLimits;
import dev.waggle.auth.account.ProviderLogIns;
import dev.waggle.auth.account.Registration;
import dev.waggle.auth.jwt.IdTokens;
import dev.waggle.auth.jwt.LocalIssuer;
import dev.waggle.auth.jwt.RotatingKeys;
import dev.waggle.auth.password.HashingProcess;
import dev.waggle.auth.revocation.RevocationRegister;
import dev.waggle.broker.account.StoredAccounts;
import dev.waggle.broker.account.StoredInvitations;
import dev.waggle.broker.config.InviteFile;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.broker.http.AccountRoute;
import dev.waggle.broker.http.AdminUsersRoute;
import dev.waggle.broker.http.BearerTokens;
import dev.waggle.broker.http.DiscoveryRoute;
import dev.waggle.broker.http.Strangers;
import dev.waggle.store.ChatStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import javax.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** The accounts of the local issuer, kept in the store. */
@Module
interface AccountModule {

    @Provides
    @Singleton
    static AccountThreads threads() {
        return new AccountThreads(Runtime.getRuntime().availableProcessors());
    }

    @Provides
    @Singleton
    static HashingProcess hashing(SecureRandom random, InstantSource clock) {
        int threads = AccountThreads.hashingThreads(Runtime.getRuntime().availableProcessors());
        return new HashingProcess(threads, random, clock);
    }

    @Provides
    @Singleton
    static AccountStore accountStore(ChatStore store, InstantSource clock) {
        return new StoredAccounts(store, clock);
    }

    @Provides
    @Singleton
    static LocalIssuer localIssuer(RotatingKeys keys, InstantSource clock, SecureRandom random) {
        return new LocalIssuer(keys, LocalIssuer.DEFAULT_NAME, clock, random);
    }

    @Provides
    @Singleton
    static InvitationStore invitationStore(ChatStore store, InstantSource clock) {
        return new StoredInvitations(store, clock);
    }

    @Provides
    @Singleton
    static Invitations invitations(
            InvitationStore store, AccountThreads threads, InstantSource clock, SecureRandom random) {
        return new Invitations(store, threads, clock, random);
    }

    @Provides
    @Singleton
    static Registration registration(WaggleConfig config, Invitations invitations) {
        return switch (config.accounts().registration()) {
            case CLOSED -> new Registration.Closed();
            case OPEN -> new Registration.Open();
            case INVITE -> invited(config.accounts().inviteFile(), invitations);
        };
    }

    private static Registration invited(@Nullable Path file, Invitations invitations) {
        if (file == null) {
            return new Registration.Invited(null, invitations);
        }
        return InviteFile.read(file).fold(code -> new Registration.Invited(code.reveal(), invitations), reason -> {
            throw new Unusable("invite.codeFile: " + reason);
        });
    }

    @Provides
    @Singleton
    static ProviderLogIns providerLogIns(
            AccountStore store,
            AccountThreads threads,
            IdTokens idTokens,
            LocalIssuer issuer,
            Roles roles,
            RevocationRegister revocations,
            InstantSource clock,
            SecureRandom random) {
        return new ProviderLogIns(store, threads, idTokens, issuer, roles, revocations, clock, random);
    }

    @Provides
    @Singleton
    static LocalAccounts localAccounts(
            AccountStore store,
            AccountThreads threads,
            HashingProcess hashing,
            Registration registration,
            LocalIssuer issuer,
            Roles roles,
            RevocationRegister revocations,
            InstantSource clock,
            SecureRandom random) {
        return new LocalAccounts(store, threads, hashing, registration, issuer, roles, revocations, clock, random);
    }

    @Provides
    @Singleton
    static AccountRoute accountRoute(
            LocalAccounts accounts,
            ProviderLogIns providers,
            InstantSource clock,
            BearerTokens bearers,
            Strangers strangers) {
        return new AccountRoute(accounts, providers, new LogInLimits(clock), bearers, strangers);
    }

    @Provides
    @Singleton
    static AccountAdministration administration(
            AccountStore store,
            AccountThreads threads,
            HashingProcess hashing,
            LocalIssuer issuer,
            Roles roles,
            RevocationRegister revocations,
            InstantSource clock,
            SecureRandom random) {
        return new AccountAdministration(store, threads, hashing, issuer, roles, revocations, clock, random);
    }

    @Provides
    @Singleton
    static AdminUsersRoute adminUsersRoute(AccountAdministration accounts, BearerTokens bearers) {
        return new AdminUsersRoute(bearers, accounts);
    }

    @Provides
    @Singleton
    static DiscoveryRoute discoveryRoute(RotatingKeys keys) {
        return new DiscoveryRoute(LocalIssuer.DEFAULT_NAME, () -> keys.get().published());
    }
}
