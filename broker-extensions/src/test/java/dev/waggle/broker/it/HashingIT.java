package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waggle.auth.password.HashingMain;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.broker.config.WaggleConfig.Accounts;
import dev.waggle.broker.config.WaggleConfig.RegistrationBy;
import dev.waggle.broker.it.AccountCaller.Answer;
import dev.waggle.spec.message.Actor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process that hashes passwords: what a log-in sees of its end, and what becomes of it when the broker ends. */
class HashingIT {
    private static final String PASSWORD = "correct horse";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private static Optional<ProcessHandle> hashing(ProcessHandle broker) {
        return broker.children()
                .filter(child -> child.isAlive()
                        && child.info()
                                .commandLine()
                                .filter(line -> line.contains(HashingMain.class.getName()))
                                .isPresent())
                .findAny();
    }

    private static void signal(String name, ProcessHandle process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void logIn_processKilledMidway_503AndTheNextWorks() throws Exception {
        ProcessHandle self = ProcessHandle.current();
        WaggleConfig config = WaggleConfig.onFreePorts(folder.resolve("data"))
                .withAccounts(new Accounts(RegistrationBy.OPEN, null, false));
        try (TestBroker broker = new TestBroker(config)) {
            AccountCaller app = new AccountCaller(broker);
            assertThat(hashing(self)).as("nobody logged in yet").isEmpty();
            assertThat(app.register("ann", PASSWORD, "phone").status()).isEqualTo(201);

            ProcessHandle child = hashing(self).orElseThrow();
            signal("STOP", child);
            CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(() -> logIn(app));
            // Both are done by others than the thread that hashes: they do not wait for it.
            String token = broker.token("root", "cli", Actor.Role.ADMIN, Duration.ofMinutes(10));
            await().atMost(PATIENCE)
                    .until(() -> app.admin(token, "/ann/enable", "{}").status() == 200);
            assertThat(waiting).isNotDone();
            child.destroyForcibly();

            Answer failed = waiting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(failed.status()).as(failed.body()).isEqualTo(503);
            assertThat(failed.error()).isEqualTo("unavailable");
            assertThat(logIn(app).status()).isEqualTo(200);
            assertThat(app.logIn("ann", "wrong password", "phone").status()).isEqualTo(401);
        }
        await().atMost(PATIENCE).until(() -> hashing(self).isEmpty());
    }

    private static Answer logIn(AccountCaller app) {
        try {
            return app.logIn("ann", PASSWORD, "phone");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void broker_isKilled_itsHashingProcessEnds() throws Exception {
        try (BrokerProcess broker = new BrokerProcess(folder)) {
            String token = broker.token("root", "cli", Actor.Role.ADMIN, Duration.ofMinutes(10));
            AccountCaller operator = new AccountCaller(broker);
            assertThat(operator.admin(token, "", "{'user':'ann','password':'" + PASSWORD + "'}")
                            .status())
                    .isEqualTo(201);
            ProcessHandle child = hashing(broker.handle()).orElseThrow();

            broker.kill();

            child.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }
}
