package dev.waggle.auth.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.auth.password.HashingProcess;
import dev.waggle.auth.password.Password;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccountThreadsTest {
    private final AccountThreads threads = new AccountThreads(4);

    @AfterEach
    void stop() {
        threads.close();
    }

    private static AccountAnswer wait(CompletionStage<AccountAnswer> answer) throws Exception {
        return answer.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @Test
    void hashing_noMemoryLeft_answeredAllTheSame() throws Exception {
        assertThat(wait(threads.hashing(() -> {
                    throw new OutOfMemoryError("as the test wants");
                })))
                .isInstanceOf(AccountAnswer.Failed.class);
        assertThat(wait(threads.hashing(AccountAnswer.Done::new))).isInstanceOf(AccountAnswer.Done.class);
    }

    @Test
    void hashing_noHashToBeHad_unavailable() throws Exception {
        HashingProcess ended = new HashingProcess(1, new SecureRandom(), Instant::now);
        ended.close();

        assertThat(wait(threads.hashing(() -> {
                    ended.hash(Password.typed("correct horse"));
                    return new AccountAnswer.Done();
                })))
                .isInstanceOf(AccountAnswer.Unavailable.class);
    }
}
