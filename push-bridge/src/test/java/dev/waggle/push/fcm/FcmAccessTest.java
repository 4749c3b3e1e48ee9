package dev.waggle.push.fcm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.push.Address;
import dev.waggle.push.Credential;
import dev.waggle.push.Outcome;
import dev.waggle.push.Pushes;
import dev.waggle.push.doubles.FcmDouble;
import dev.waggle.push.doubles.Http2Double.Reply;
import dev.waggle.push.doubles.TestCertificate;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The access token: fetched once, in time, and not asked for in vain. */
class FcmAccessTest {
    private static final Outcome ACCEPTED = new Outcome.Accepted("accepted");
    private static final Duration LIFE = Duration.ofSeconds(3_599);

    private static TestCertificate certificate;
    private static KeyPair pair;

    @TempDir
    private Path folder;

    private volatile Instant now = Pushes.NOW;
    private GoogleProject project;
    private FcmDouble google;
    private FcmProvider provider;

    @BeforeAll
    static void makeKeys(@TempDir Path shared) throws Exception {
        certificate = new TestCertificate(shared);
        pair = GoogleProject.pair();
    }

    @BeforeEach
    void start() throws Exception {
        project = new GoogleProject(certificate, pair, folder, () -> now);
        google = project.google();
        google.device("phone", request -> Reply.answer(200, "{}"));
        provider = project.provider();
    }

    @AfterEach
    void stop() {
        provider.close();
        project.close();
    }

    private CompletableFuture<Outcome> send() {
        return provider.send(new Address.Fcm("phone", true), Pushes.message("hello"))
                .toCompletableFuture();
    }

    private Outcome sent() throws Exception {
        return send().get(20, TimeUnit.SECONDS);
    }

    @Test
    void manyMessagesAtOnce_needOneToken() throws Exception {
        List<CompletableFuture<Outcome>> all =
                IntStream.range(0, 50).mapToObj(i -> send()).toList();
        for (CompletableFuture<Outcome> one : all) {
            assertThat(one.get(20, TimeUnit.SECONDS)).isEqualTo(ACCEPTED);
        }
        assertThat(google.grants()).isEqualTo(1);
    }

    @Test
    void moreMessagesAtOnce_thanAConnectionTakes_goOverAFew() throws Exception {
        List<CompletableFuture<Outcome>> all =
                IntStream.range(0, 300).mapToObj(i -> send()).toList();
        for (CompletableFuture<Outcome> one : all) {
            assertThat(one.get(20, TimeUnit.SECONDS)).isEqualTo(ACCEPTED);
        }
        // Four would do; what goes ahead may take longer than the others wait for it.
        assertThat(google.server().opened()).isLessThan(20);
    }

    @Test
    void token_isRenewed_fiveMinutesBeforeItEnds() throws Exception {
        assertThat(sent()).isEqualTo(ACCEPTED);
        now = now.plus(LIFE).minus(AccessTokens.EARLY).minusMillis(1);
        assertThat(sent()).isEqualTo(ACCEPTED);
        assertThat(google.grants()).isEqualTo(1);
        now = now.plusMillis(1);
        assertThat(sent()).isEqualTo(ACCEPTED);
        assertThat(google.grants()).isEqualTo(2);
    }

    @Test
    void credential_tellsOfTheToken_andOfAFailureUntilThereIsANewOne() throws Exception {
        assertThat(provider.credential()).contains(new Credential(0, 0, 0));
        google.granting(request -> new Reply.Answer(503, Map.of(), ""));
        assertThat(sent()).isInstanceOf(Outcome.Later.class);
        assertThat(provider.credential()).contains(new Credential(0, 0, now.toEpochMilli()));
        google.granting(null);
        now = now.plus(AccessTokens.PAUSE);
        assertThat(sent()).isEqualTo(ACCEPTED);
        assertThat(provider.credential())
                .contains(new Credential(now.toEpochMilli(), now.plus(LIFE).toEpochMilli(), 0));
    }

    @Test
    void token_thatIsRefused_isRenewed_andTheMessageSentAgain() throws Exception {
        assertThat(sent()).isEqualTo(ACCEPTED);
        google.revoke();
        assertThat(sent()).isEqualTo(ACCEPTED);
        assertThat(google.grants()).isEqualTo(2);
        assertThat(google.messages()).hasSize(3);
    }

    @Test
    void token_thatIsRefusedAgain_isForSomebodyToLookAt() throws Exception {
        google.device("phone", request -> FcmDouble.error(401, "UNAUTHENTICATED", "x", ""));
        assertThat(sent()).isEqualTo(new Outcome.Misconfigured("UNAUTHENTICATED"));
        assertThat(google.messages()).hasSize(2);
        assertThat(google.grants()).isEqualTo(2);
    }

    @Test
    void thirdPartysToken_isNotOurs() throws Exception {
        google.device(
                "phone",
                request -> FcmDouble.error(401, "UNAUTHENTICATED", "x", FcmDouble.detail("THIRD_PARTY_AUTH_ERROR")));
        assertThat(sent()).isEqualTo(new Outcome.Misconfigured("THIRD_PARTY_AUTH_ERROR"));
        assertThat(google.messages()).hasSize(1);
    }

    @Test
    void endpoint_thatIsDown_isAskedAgainAfterAPause() throws Exception {
        google.granting(request -> new Reply.Answer(503, Map.of("retry-after", "30"), "<html>"));
        Outcome later = new Outcome.Later("token: status 503", Duration.ofSeconds(10), Duration.ofSeconds(30), false);
        assertThat(sent()).isEqualTo(later);
        assertThat(sent()).isEqualTo(later);
        assertThat(google.grants()).isEqualTo(1);
        google.granting(null);
        now = now.plus(AccessTokens.PAUSE);
        assertThat(sent()).isEqualTo(ACCEPTED);
    }

    @Test
    void endpoint_thatIsDown_doesNotMatter_whileTheOldTokenLasts() throws Exception {
        assertThat(sent()).isEqualTo(ACCEPTED);
        google.granting(request -> Reply.answer(500, ""));
        now = now.plus(LIFE).minusSeconds(60);
        assertThat(sent()).isEqualTo(ACCEPTED);
        assertThat(sent()).isEqualTo(ACCEPTED);
        assertThat(google.grants()).isEqualTo(2);
        now = now.plusSeconds(60);
        assertThat(sent()).isInstanceOf(Outcome.Later.class);
    }

    @Test
    void endpoint_thatHangs_isSilence() throws Exception {
        google.granting(request -> new Reply.Hang());
        provider = project.provider(project.key().toString(), Duration.ofSeconds(1), () -> now);
        assertThat(sent()).isEqualTo(new Outcome.Later("token: no answer in time", Duration.ofSeconds(10), null, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"expires_in\":3599}",
                "{\"access_token\":\"\",\"expires_in\":3599}",
                "{\"access_token\":\"a\\r\\nX: b\",\"expires_in\":3599}",
                "{\"access_token\":\"abc\",\"expires_in\":0}",
                "{\"access_token\":\"abc\",\"expires_in\":\"soon\"}",
            })
    void answer_thatIsNone_isTriedLater(String body) throws Exception {
        google.granting(request -> Reply.answer(200, body));
        assertThat(sent()).isEqualTo(new Outcome.Later("token: not readable", Duration.ofSeconds(10), null, false));
        assertThat(google.messages()).isEmpty();
    }
}
