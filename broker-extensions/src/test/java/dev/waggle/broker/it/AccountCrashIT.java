package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.broker.it.AccountCaller.Answer;
import dev.waggle.spec.message.Actor;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was answered about accounts is there after kill -9. */
class AccountCrashIT {
    private static final String PASSWORD = "correct horse";

    @TempDir
    Path folder;

    @Test
    void kill_rightBehindEachAnswer_theAnswerHolds() throws Exception {
        try (BrokerProcess broker = new BrokerProcess(folder)) {
            AccountCaller app = new AccountCaller(broker);
            String admin = broker.token("root", "cli", Actor.Role.ADMIN, Duration.ofMinutes(10));
            Answer made = app.admin(admin, "", "{'user':'ann','password':'%s'}".formatted(PASSWORD));
            assertThat(made.status()).as(made.body()).isEqualTo(201);
            crash(broker);

            Answer in = app.logIn("ann", PASSWORD, "phone");
            assertThat(in.status()).as(in.body()).isEqualTo(200);
            crash(broker);

            Answer renewed = app.refresh(in.refresh());
            assertThat(renewed.status()).as(renewed.body()).isEqualTo(200);
            crash(broker);

            Answer again = app.refresh(renewed.refresh());
            assertThat(again.status()).as(again.body()).isEqualTo(200);
            assertThat(app.refresh(in.refresh()).status())
                    .as("used up before two crashes")
                    .isEqualTo(401);
            crash(broker);

            assertThat(app.refresh(again.refresh()).status())
                    .as("the family ended")
                    .isEqualTo(401);
        }
    }

    private static void crash(BrokerProcess broker) throws Exception {
        broker.kill();
        broker.start();
    }
}
