package dev.waggle.push.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.push.Address;
import dev.waggle.push.Outcome;
import dev.waggle.push.Push;
import dev.waggle.push.Pushes;
import dev.waggle.push.apns.ApnsProvider;
import dev.waggle.push.apns.ApnsSettings;
import dev.waggle.push.apns.AppleAccount;
import dev.waggle.push.doubles.ApnsDouble;
import dev.waggle.push.doubles.Http2Double.Reply;
import dev.waggle.push.doubles.TestCertificate;
import dev.waggle.push.fcm.GoogleProject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One provider that hangs is nothing to another one (F16). */
class BulkheadTest {
    private static final String TOKEN = "ab".repeat(32);
    private static final Address ANDROID = new Address.Fcm("phone", true);
    private static final Address IPHONE = new Address.Apns(TOKEN, AppleAccount.TOPIC, false);
    private static final Push PUSH = Pushes.message("hello");

    @Test
    void fcmThatHangs_doesNotDelayApns(@TempDir Path folder) throws Exception {
        TestCertificate certificate = new TestCertificate(folder);
        AppleAccount account = AppleAccount.in(folder);
        try (GoogleProject google = new GoogleProject(certificate, GoogleProject.pair(), folder, () -> Pushes.NOW);
                ApnsDouble apple = new ApnsDouble(
                        certificate,
                        AppleAccount.KEY_ID,
                        AppleAccount.TEAM_ID,
                        account.pair().getPublic(),
                        Set.of(AppleAccount.TOPIC))) {
            google.google().device("phone", request -> new Reply.Hang());
            apple.device(TOKEN, request -> Reply.answer(200, ""));
            int port = apple.server().port();
            ProviderBreaker fcm = new ProviderBreaker(
                    google.provider(google.key().toString(), Duration.ofMinutes(5), () -> Pushes.NOW),
                    BreakerTerms.USUAL,
                    () -> Pushes.NOW);
            try (ApnsProvider apns = new ApnsProvider(
                    account.settings(certificate, port, port, ApnsSettings.LIMIT),
                    BreakerTerms.USUAL,
                    () -> Pushes.NOW)) {
                List<CompletableFuture<Outcome>> hung = IntStream.range(0, 300)
                        .mapToObj(i -> fcm.send(ANDROID, PUSH).toCompletableFuture())
                        .toList();
                assertThat(fcm.inFlight()).isEqualTo(256);
                for (int i = 0; i < 50; i++) {
                    assertThat(apns.send(IPHONE, PUSH).toCompletableFuture().get(20, TimeUnit.SECONDS))
                            .isInstanceOf(Outcome.Accepted.class);
                }
                assertThat(hung.stream().filter(CompletableFuture::isDone).count())
                        .as("refused at once, because so many are on their way")
                        .isEqualTo(44);
            }
        }
    }
}
