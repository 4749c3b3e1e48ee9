package dev.waggle.push.fcm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.push.Address;
import dev.waggle.push.Outcome;
import dev.waggle.push.Pushes;
import dev.waggle.push.doubles.FcmDouble;
import dev.waggle.push.doubles.TestCertificate;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever set something up wrongly is told in one sentence what. */
class FcmProblemsTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final InstantSource CLOCK = () -> Pushes.NOW;

    private static TestCertificate certificate;
    private static KeyPair pair;

    @TempDir
    private Path folder;

    private GoogleProject project;

    @BeforeAll
    static void makeKeys(@TempDir Path shared) throws Exception {
        certificate = new TestCertificate(shared);
        pair = GoogleProject.pair();
    }

    @BeforeEach
    void start() throws Exception {
        project = new GoogleProject(certificate, pair, folder, CLOCK);
    }

    @AfterEach
    void stop() {
        project.close();
    }

    private List<String> problems(String key) throws Exception {
        return problems(project.provider(key, LIMIT, CLOCK));
    }

    private static List<String> problems(FcmProvider provider) throws Exception {
        try (provider) {
            return provider.problems().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    private static void assertOne(List<String> problems, String... parts) {
        assertThat(problems)
                .singleElement()
                .asString()
                .contains(parts)
                .doesNotContain("\n")
                .doesNotContain("PRIVATE KEY");
    }

    @Test
    void settings_thatAreRight_haveNoProblems_andNothingIsSent() throws Exception {
        assertThat(problems(project.key().toString())).isEmpty();
        assertThat(project.google().messages())
                .singleElement()
                .satisfies(request -> assertThat(request.body()).contains("\"validateOnly\":true"));
    }

    @Test
    void keyFile_thatIsNotThere_isNamed() throws Exception {
        Path absent = folder.resolve("absent.json");
        assertOne(problems(project.provider(absent, LIMIT, CLOCK)), absent.toString(), "is not there");
        try (FcmProvider provider = project.provider(absent, LIMIT, CLOCK)) {
            assertThat(provider.send(new Address.Fcm("phone", true), Pushes.update())
                            .toCompletableFuture()
                            .get(20, TimeUnit.SECONDS))
                    .isEqualTo(new Outcome.Misconfigured("no service account"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"project_info\":{},\"client\":[]}',    google-services.json",
        "'{\"type\":\"authorized_user\"}',         not the key of a service account",
        "'[]',                                     not the key of a service account",
        "'{',                                      not JSON",
        "'-----BEGIN PRIVATE KEY-----',            perhaps that of APNs",
    })
    void keyFile_ofTheWrongKind_isCalledWhatItIs(String content, String told) throws Exception {
        assertOne(problems(content), told, "Service accounts", "firebase.json");
    }

    @ParameterizedTest
    @CsvSource({
        "project_id,   a/../b,            lacks project_id",
        "client_email, '',                lacks project_id or client_email",
        "token_uri,    http://x.example/, no token_uri with https",
        "token_uri,    not a uri,         no token_uri with https",
        "private_key,  AAAA,              no RSA key",
        "private_key,  '',                no RSA key",
    })
    void keyFile_withAWrongField_isTold(String field, String value, String told) throws Exception {
        assertOne(problems(project.key().put(field, value).toString()), told);
    }

    @Test
    void key_thatIsTooShort_isRefused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1_024);
        ObjectNode key = project.key()
                .put(
                        "private_key",
                        TestCertificate.pem(
                                "PRIVATE KEY",
                                generator.generateKeyPair().getPrivate().getEncoded()));
        assertOne(problems(key.toString()), "shorter than 2048 bits");
    }

    @Test
    void key_thatGoogleDoesNotKnow_isTold() throws Exception {
        assertOne(problems(project.key().put("private_key_id", "deleted").toString()), "does not know the key");
        assertOne(problems(project.key().put("client_email", "who@x.example").toString()), "who@x.example");
    }

    @Test
    void clock_thatIsWrong_isTold() throws Exception {
        InstantSource slow = () -> Pushes.NOW.minusSeconds(3_600);
        assertOne(problems(project.provider(project.key().toString(), LIMIT, slow)), "clock is wrong");
    }

    @ParameterizedTest
    @CsvSource({
        "403, PERMISSION_DENIED, ,                       may not send messages of project waggle-test",
        "403, PERMISSION_DENIED, SENDER_ID_MISMATCH,     project waggle-test is not there",
        "404, NOT_FOUND,         ,                       project waggle-test is not there",
        "401, UNAUTHENTICATED,   ,                       refuses the access token",
        "401, UNAUTHENTICATED,   THIRD_PARTY_AUTH_ERROR, no valid key for APNs",
        "503, UNAVAILABLE,       UNAVAILABLE,            the answer is UNAVAILABLE",
    })
    void refusals_haveASentenceEach(int code, String status, String errorCode, String told) throws Exception {
        project.google()
                .device(
                        "nobody",
                        request -> FcmDouble.error(
                                code, status, "x", errorCode == null ? "" : FcmDouble.detail(errorCode)));
        assertOne(problems(project.key().toString()), "fcm: ", told);
    }

    @Test
    void noServer_isTold() throws Exception {
        String key = project.key().toString();
        FcmProvider provider = project.provider(key, LIMIT, CLOCK);
        project.google().close();
        assertOne(problems(provider), "no answer", "firewall");
    }
}
