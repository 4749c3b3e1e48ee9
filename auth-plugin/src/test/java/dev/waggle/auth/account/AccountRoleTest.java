package dev.waggle.auth.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.auth.Role;
import dev.waggle.auth.Roles;
import dev.waggle.auth.jwt.LocalIssuer;
import dev.waggle.auth.jwt.LocalKeys;
import dev.waggle.auth.password.HashingHere;
import dev.waggle.auth.revocation.MemoryRevocations;
import dev.waggle.auth.revocation.RevocationRegister;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts with roles of the configuration, which may lose them. */
class AccountRoleTest {
    private static final String PASSWORD = "correct horse";
    private static final UserId METER = new UserId("meter");
    private static final Roles WITH_SENSOR =
            Roles.with(List.of(new Role("sensor", Actor.Role.USER))).get();

    @TempDir
    static Path folder;

    private final MemoryAccounts store = new MemoryAccounts();
    private final AccountThreads threads = new AccountThreads(4);
    private final SecureRandom random = new SecureRandom();
    private final Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final RevocationRegister revocations = new RevocationRegister(new MemoryRevocations(), () -> now);
    private LocalIssuer issuer;

    @BeforeEach
    void start() throws Exception {
        LocalKeys keys = LocalKeys.open(folder.resolve("data"), random).get();
        issuer = new LocalIssuer(keys, LocalIssuer.DEFAULT_NAME, () -> now, random);
        assertThat(wait(operator(WITH_SENSOR).add("meter", PASSWORD, "sensor"))).isInstanceOf(AccountAnswer.Done.class);
    }

    @AfterEach
    void stop() {
        threads.close();
    }

    private AccountAdministration operator(Roles roles) {
        return new AccountAdministration(
                store, threads, new HashingHere(random), issuer, roles, revocations, () -> now, random);
    }

    private LocalAccounts owners(Roles roles) {
        return new LocalAccounts(
                store,
                threads,
                new HashingHere(random),
                new Registration.Open(),
                issuer,
                roles,
                revocations,
                () -> now,
                random);
    }

    private static AccountAnswer wait(CompletionStage<AccountAnswer> answer) throws Exception {
        return answer.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static AccountAnswer.Session session(CompletionStage<AccountAnswer> answer) throws Exception {
        AccountAnswer got = wait(answer);
        assertThat(got).isInstanceOf(AccountAnswer.Session.class);
        return (AccountAnswer.Session) got;
    }

    private static String claims(AccountAnswer.Session session) {
        return new String(Base64.getUrlDecoder().decode(session.accessToken().split("\\.")[1]), StandardCharsets.UTF_8);
    }

    private static void assertWithoutRole(CompletionStage<AccountAnswer> answer) throws Exception {
        assertThat(wait(answer)).isInstanceOfSatisfying(AccountAnswer.Refused.class, refused -> {
            assertThat(refused.why()).isEqualTo(AccountAnswer.Why.ROLE);
            assertThat(refused.reason()).contains("'sensor'");
        });
    }

    @Test
    void logInAndRefresh_tokensNameTheRoleOfTheAccount() throws Exception {
        AccountAnswer.Session in = session(owners(WITH_SENSOR).logIn("meter", PASSWORD, "phone"));

        assertThat(claims(in)).contains("\"roles\":[\"sensor\"]");
        assertThat(claims(session(owners(WITH_SENSOR).refresh(in.refreshToken()))))
                .contains("\"roles\":[\"sensor\"]");
        assertThat(store.account(METER).orElseThrow().role()).isEqualTo("sensor");
    }

    @Test
    void logIn_roleIsNoneAnyMore_noTokenAndNoOtherRole() throws Exception {
        LocalAccounts later = owners(Roles.BUILT_IN);

        assertWithoutRole(later.logIn("meter", PASSWORD, "phone"));
        assertThat(store.families(METER)).isEmpty();
        assertThat(wait(later.logIn("meter", "wrong horse", "phone")))
                .as("only its owner is told")
                .isEqualTo(AccountAnswer.BAD_CREDENTIALS);
    }

    @Test
    void refresh_roleIsNoneAnyMore_noTokenUntilItIsBack() throws Exception {
        String refreshToken =
                session(owners(WITH_SENSOR).logIn("meter", PASSWORD, "phone")).refreshToken();

        assertWithoutRole(owners(Roles.BUILT_IN).refresh(refreshToken));
        assertWithoutRole(owners(Roles.BUILT_IN).refresh(refreshToken));
        assertThat(claims(session(owners(WITH_SENSOR).refresh(refreshToken)))).contains("\"roles\":[\"sensor\"]");
    }

    @Test
    void add_roleThatIsNone_refused() throws Exception {
        for (String role : List.of("gateway", "Sensor", "", "anonymous", "user,admin")) {
            assertThat(wait(operator(WITH_SENSOR).add("other", PASSWORD, role)))
                    .as(role)
                    .isInstanceOfSatisfying(AccountAnswer.Refused.class, refused -> {
                        assertThat(refused.why()).isEqualTo(AccountAnswer.Why.FORM);
                        assertThat(refused.reason()).contains("user, service, moderator, admin, sensor");
                    });
        }
        assertThat(store.account(new UserId("other"))).isEmpty();
    }
}
