package dev.waggle.push.fcm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.push.Address;
import dev.waggle.push.Outcome;
import dev.waggle.push.Pushes;
import dev.waggle.push.doubles.Http2Double.Reply;
import dev.waggle.push.doubles.Http2Double.Request;
import dev.waggle.push.doubles.TestCertificate;
import dev.waggle.push.guard.BreakerTerms;
import dev.waggle.push.guard.ProviderBreaker;
import dev.waggle.push.http.ClientSender;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection on which nothing ever comes back is left for a new one. */
class FcmHangTest {
    private static final Outcome ACCEPTED = new Outcome.Accepted("accepted");

    private volatile Instant now = Pushes.NOW;

    private static CompletableFuture<Outcome> send(ProviderBreaker fcm, String address) {
        return fcm.send(new Address.Fcm(address, true), Pushes.message("hello")).toCompletableFuture();
    }

    @Test
    void hang_fiveTimes_opens_andTheProbeGoesOverANewConnection(@TempDir Path folder) throws Exception {
        try (GoogleProject project =
                new GoogleProject(new TestCertificate(folder), GoogleProject.pair(), folder, () -> now)) {
            project.google().device("hangs", request -> new Reply.Hang());
            project.google().device("phone", request -> Reply.answer(200, "{}"));
            ClientSender sender = project.sender(Duration.ofSeconds(3), () -> now);
            ProviderBreaker fcm = new ProviderBreaker(
                    project.provider(project.file(project.key().toString()), sender, () -> now),
                    BreakerTerms.USUAL,
                    () -> now,
                    sender::renew);
            assertThat(send(fcm, "phone").get(20, TimeUnit.SECONDS)).isEqualTo(ACCEPTED);
            List<CompletableFuture<Outcome>> hung =
                    IntStream.range(0, 5).mapToObj(i -> send(fcm, "hangs")).toList();
            for (CompletableFuture<Outcome> one : hung) {
                assertThat(one.get(20, TimeUnit.SECONDS))
                        .isEqualTo(new Outcome.Later("no answer in time", Duration.ofSeconds(10), null, true));
            }
            assertThat(fcm.state()).isEqualTo(ProviderBreaker.State.OPEN);
            int before = project.google().server().requests().size();
            assertThat(send(fcm, "phone").get(20, TimeUnit.SECONDS)).isInstanceOf(Outcome.Later.class);
            assertThat(project.google().server().requests()).hasSize(before);
            now = now.plusSeconds(10);
            assertThat(send(fcm, "phone").get(20, TimeUnit.SECONDS)).isEqualTo(ACCEPTED);
            assertThat(fcm.state()).isEqualTo(ProviderBreaker.State.CLOSED);
            assertThat(project.google().server().requests())
                    .extracting(Request::connection)
                    .endsWith(2, 3);
        }
    }
}
