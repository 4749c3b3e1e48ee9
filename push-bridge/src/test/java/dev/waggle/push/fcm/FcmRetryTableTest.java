package dev.waggle.push.fcm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.push.Address;
import dev.waggle.push.Outcome;
import dev.waggle.push.Pushes;
import dev.waggle.push.doubles.FcmDouble;
import dev.waggle.push.doubles.Http2Double.Reply;
import dev.waggle.push.doubles.TestCertificate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
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
class FcmRetryTableTest {
    private GoogleProject project;
    private FcmProvider provider;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        project = new GoogleProject(new TestCertificate(folder), GoogleProject.pair(), folder, () -> Pushes.NOW);
        provider = project.provider();
    }

    @AfterAll
    void stop() {
        provider.close();
        project.close();
    }

    private Outcome answeredWith(Reply reply) throws Exception {
        project.google().device("phone", request -> reply);
        return provider.send(new Address.Fcm("phone", true), Pushes.full())
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({
        "400, INVALID_ARGUMENT,   INVALID_ARGUMENT,       message.token,       Unknown,       INVALID_ARGUMENT,       ,",
        "400, INVALID_ARGUMENT,   INVALID_ARGUMENT,       message.fid,         Unknown,       INVALID_ARGUMENT,       ,",
        "400, INVALID_ARGUMENT,   ,                       message.android.ttl, Undeliverable, INVALID_ARGUMENT,       ,",
        "400, INVALID_ARGUMENT,   ,                       ,                    Undeliverable, INVALID_ARGUMENT,       ,",
        "400, FAILED_PRECONDITION,UNSPECIFIED_ERROR,      ,                    Undeliverable, UNSPECIFIED_ERROR,      ,",
        "401, UNAUTHENTICATED,    THIRD_PARTY_AUTH_ERROR, ,                    Misconfigured, THIRD_PARTY_AUTH_ERROR, ,",
        "401, UNAUTHENTICATED,    APNS_AUTH_ERROR,        ,                    Misconfigured, APNS_AUTH_ERROR,        ,",
        "401, UNAUTHENTICATED,    ,                       ,                    Misconfigured, UNAUTHENTICATED,        ,",
        "403, PERMISSION_DENIED,  SENDER_ID_MISMATCH,     ,                    Unknown,       SENDER_ID_MISMATCH,     ,",
        "403, PERMISSION_DENIED,  ,                       ,                    Misconfigured, PERMISSION_DENIED,      ,",
        "404, NOT_FOUND,          UNREGISTERED,           ,                    Gone,          UNREGISTERED,           ,",
        "404, NOT_FOUND,          ,                       ,                    Unknown,       NOT_FOUND,              ,",
        "429, RESOURCE_EXHAUSTED, QUOTA_EXCEEDED,         ,                    Later,         QUOTA_EXCEEDED,         60,",
        "500, INTERNAL,           INTERNAL,               ,                    Later,         INTERNAL,               10, 10",
        "503, UNAVAILABLE,        UNAVAILABLE,            ,                    Later,         UNAVAILABLE,            10, 10",
        "504, DEADLINE_EXCEEDED,  ,                       ,                    Later,         DEADLINE_EXCEEDED,      10, 10",
    })
    void error_isWhatTheTableSays(
            int code,
            String status,
            @Nullable String errorCode,
            @Nullable String field,
            String kind,
            String reason,
            @Nullable Long base,
            @Nullable Long after)
            throws Exception {
        String details = errorCode == null ? "" : FcmDouble.detail(errorCode);
        String violation = field == null ? "" : FcmDouble.violation(field);
        String comma = details.isEmpty() || violation.isEmpty() ? "" : ",";
        Outcome outcome = answeredWith(FcmDouble.error(code, status, "Something.", details + comma + violation));
        assertThat(outcome.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(outcome.reason()).isEqualTo(reason);
        if (outcome instanceof Outcome.Later later) {
            assertThat(later.base()).isEqualTo(Duration.ofSeconds(base));
            assertThat(later.after()).isEqualTo(after == null ? null : Duration.ofSeconds(after));
            assertThat(later.unanswered()).isFalse();
        }
    }

    @Test
    void answer200_isAccepted() throws Exception {
        assertThat(answeredWith(Reply.answer(200, "{\"name\":\"projects/waggle-test/messages/0:1\"}")))
                .isEqualTo(new Outcome.Accepted("accepted"));
    }

    @Test
    void text_aboutTheToken_isEnough() throws Exception {
        assertThat(answeredWith(FcmDouble.error(
                        400, "INVALID_ARGUMENT", "The registration token is not a valid FCM registration token", "")))
                .isEqualTo(new Outcome.Unknown("INVALID_ARGUMENT"));
    }

    @Test
    void quota_tellsWhich() throws Exception {
        String quota =
                "{\"@type\":\"type.googleapis.com/google.rpc.QuotaFailure\",\"violations\":[{\"subject\":\"x\"}]}";
        assertThat(answeredWith(FcmDouble.error(
                        429, "RESOURCE_EXHAUSTED", "x", FcmDouble.detail("QUOTA_EXCEEDED") + "," + quota)))
                .isEqualTo(new Outcome.Later("QUOTA_EXCEEDED", Duration.ofMinutes(1), null, false));
    }

    @ParameterizedTest
    @CsvSource({
        "429, 120,                           120",
        "429, 'Thu, 01 Jan 2026 00:05:00 GMT', 300",
        "503, 120,                           120",
        "503, 3,                             10",
        "503, 'Thu, 01 Jan 2026 00:05:00 GMT', 300",
        "503, soon,                          10",
    })
    void wish_isHonoured_inSecondsAndAsADate(int status, String wish, long seconds) throws Exception {
        assertThat(answeredWith(new Reply.Answer(status, Map.of("retry-after", wish), "")))
                .isInstanceOfSatisfying(
                        Outcome.Later.class, later -> assertThat(later.after()).isEqualTo(Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<!DOCTYPE html><html lang=en><title>Error 502 (Server Error)!!1</title>",
                "{",
                "[]",
                "null",
                "17",
                "{\"error\":17}",
                "{\"error\":{\"status\":{},\"details\":{\"a\":1}}}",
                "{\"error\":{\"details\":[1,null,[],{\"@type\":7,\"fieldViolations\":8}]}}",
            })
    void serverError_ofAnyBody_isTriedLater(String body) throws Exception {
        assertThat(answeredWith(Reply.answer(502, body)))
                .isEqualTo(new Outcome.Later("status 502", Duration.ofSeconds(10), Duration.ofSeconds(10), false));
        assertThat(answeredWith(Reply.answer(400, body))).isEqualTo(new Outcome.Undeliverable("status 400"));
    }

    @Test
    void brokenConnection_isSilence_andTheNextMessageGoesOut() throws Exception {
        for (Reply reply : new Reply[] {new Reply.Reset(), new Reply.Cut(), new Reply.GoAway("enough")}) {
            assertThat(answeredWith(reply)).isInstanceOfSatisfying(Outcome.Later.class, later -> {
                assertThat(later.unanswered()).isTrue();
                assertThat(later.base()).isEqualTo(Duration.ofSeconds(10));
            });
            assertThat(answeredWith(Reply.answer(200, "{}"))).isInstanceOf(Outcome.Accepted.class);
        }
    }
}
