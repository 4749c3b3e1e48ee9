package dev.waggle.push.apns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.push.Address;
import dev.waggle.push.Outcome;
import dev.waggle.push.Pushes;
import dev.waggle.push.doubles.ApnsDouble;
import dev.waggle.push.doubles.Http2Double.Reply;
import dev.waggle.push.doubles.TestCertificate;
import dev.waggle.push.guard.BreakerTerms;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The retry table, row by row, over the wire. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApnsRetryTableTest {
    private static final String TOKEN = "ab".repeat(32);

    private ApnsDouble apple;
    private ApnsProvider provider;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        TestCertificate certificate = new TestCertificate(folder);
        AppleAccount account = AppleAccount.in(folder);
        apple = new ApnsDouble(
                certificate,
                AppleAccount.KEY_ID,
                AppleAccount.TEAM_ID,
                account.pair().getPublic(),
                Set.of(AppleAccount.TOPIC));
        int port = apple.server().port();
        provider = new ApnsProvider(
                account.settings(certificate, port, port, ApnsSettings.LIMIT), BreakerTerms.USUAL, () -> Pushes.NOW);
    }

    @AfterAll
    void stop() {
        provider.close();
        apple.close();
    }

    private Outcome answeredWith(Reply reply) throws Exception {
        apple.device(TOKEN, request -> reply);
        return provider.send(new Address.Apns(TOKEN, AppleAccount.TOPIC, false), Pushes.message("hello"))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({
        "400, BadDeviceToken,            Unknown,       ",
        "400, DeviceTokenNotForTopic,    Unknown,       ",
        "400, TopicDisallowed,           Misconfigured, ",
        "400, BadTopic,                  Misconfigured, ",
        "400, BadCollapseId,             Undeliverable, ",
        "400, BadExpirationDate,         Undeliverable, ",
        "400, BadMessageId,              Undeliverable, ",
        "400, BadPriority,               Undeliverable, ",
        "400, DuplicateHeaders,          Undeliverable, ",
        "400, InvalidPushType,           Undeliverable, ",
        "400, MissingDeviceToken,        Undeliverable, ",
        "400, MissingTopic,              Undeliverable, ",
        "400, PayloadEmpty,              Undeliverable, ",
        "400, IdleTimeout,               Later,         2",
        "403, BadCertificate,            Misconfigured, ",
        "403, BadCertificateEnvironment, Misconfigured, ",
        "403, ExpiredProviderToken,      Misconfigured, ",
        "403, Forbidden,                 Misconfigured, ",
        "403, InvalidProviderToken,      Misconfigured, ",
        "403, MissingProviderToken,      Misconfigured, ",
        "403, UnrelatedKeyIdInToken,     Misconfigured, ",
        "403, BadEnvironmentKeyIdInToken,Misconfigured, ",
        "403, BadEnvironmentKeyInToken,  Misconfigured, ",
        "404, BadPath,                   Undeliverable, ",
        "405, MethodNotAllowed,          Undeliverable, ",
        "410, ExpiredToken,              Gone,          ",
        "410, Unregistered,              Gone,          ",
        "413, PayloadTooLarge,           Undeliverable, ",
        "429, TooManyRequests,           Later,         60",
        "429, TooManyProviderTokenUpdates, Later,       1200",
        "500, InternalServerError,       Later,         900",
        "503, ServiceUnavailable,        Later,         900",
        "503, Shutdown,                  Later,         900",
        "599, NeverHeardOf,              Later,         900",
        "418, NeverHeardOf,              Undeliverable, ",
    })
    void refusal_isWhatTheTableSays(int status, String reason, String kind, @Nullable Long base) throws Exception {
        Outcome outcome = answeredWith(ApnsDouble.refusal(status, reason));
        assertThat(outcome.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(outcome.reason()).isEqualTo(reason);
        if (outcome instanceof Outcome.Later later) {
            assertThat(later.base()).isEqualTo(Duration.ofSeconds(base));
            assertThat(later.unanswered()).isFalse();
        }
    }

    @Test
    void answer200_isAccepted() throws Exception {
        assertThat(answeredWith(Reply.answer(200, ""))).isEqualTo(new Outcome.Accepted("accepted"));
    }

    @Test
    void gone_tellsSinceWhen_ifApnsDoes() throws Exception {
        Instant since = Instant.parse("2025-12-01T00:00:00Z");
        assertThat(answeredWith(
                        Reply.answer(410, "{\"reason\":\"Unregistered\",\"timestamp\":" + since.toEpochMilli() + "}")))
                .isEqualTo(new Outcome.Gone("Unregistered", since.toEpochMilli()));
        assertThat(answeredWith(ApnsDouble.refusal(410, "ExpiredToken")))
                .isEqualTo(new Outcome.Gone("ExpiredToken", 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>Bad Gateway</html>", "{}", "[]", "{\"reason\":17}", "{\"reason\":\"<b>x</b>\"}"})
    void serverError_ofAnyBody_isTriedLater(String body) throws Exception {
        assertThat(answeredWith(Reply.answer(502, body)))
                .isEqualTo(new Outcome.Later("status 502", Duration.ofMinutes(15), null, false));
    }
}
