package dev.waggle.push.apns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.push.Address;
import dev.waggle.push.Outcome;
import dev.waggle.push.Pushes;
import dev.waggle.push.doubles.ApnsDouble;
import dev.waggle.push.doubles.Http2Double.Reply;
import dev.waggle.push.doubles.TestCertificate;
import dev.waggle.push.guard.BreakerTerms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever set something up wrongly is told in one sentence what. */
class ApnsProblemsTest {
    private static final String TOKEN = "ab".repeat(32);

    private static TestCertificate certificate;
    private static AppleAccount account;

    @TempDir
    private Path folder;

    private ApnsDouble production;
    private ApnsDouble sandbox;

    @BeforeAll
    static void makeKeys(@TempDir Path shared) throws Exception {
        certificate = new TestCertificate(shared);
        account = AppleAccount.in(shared);
    }

    @BeforeEach
    void start() throws Exception {
        production = apple(Set.of(AppleAccount.TOPIC, AppleAccount.VOIP));
        sandbox = apple(Set.of(AppleAccount.TOPIC, AppleAccount.VOIP));
    }

    private static ApnsDouble apple(Set<String> topics) throws Exception {
        return new ApnsDouble(
                certificate,
                AppleAccount.KEY_ID,
                AppleAccount.TEAM_ID,
                account.pair().getPublic(),
                topics);
    }

    @AfterEach
    void stop() {
        production.close();
        sandbox.close();
    }

    private ApnsSettings settings(Path keyFile, String keyId, String teamId, String topic, int port) {
        return new ApnsSettings(
                keyFile,
                keyId,
                teamId,
                List.of(topic),
                new ApnsSettings.Server("localhost", port),
                new ApnsSettings.Server("localhost", sandbox.server().port()),
                certificate.pem(),
                1,
                ApnsSettings.LIMIT,
                Duration.ofMinutes(15));
    }

    private ApnsSettings settings(Path keyFile) {
        return settings(
                keyFile,
                AppleAccount.KEY_ID,
                AppleAccount.TEAM_ID,
                AppleAccount.TOPIC,
                production.server().port());
    }

    /** With a topic for calls too. */
    private ApnsSettings calling() {
        return account.settings(
                certificate, production.server().port(), sandbox.server().port(), ApnsSettings.LIMIT);
    }

    private static List<String> problems(ApnsSettings settings) throws Exception {
        try (ApnsProvider provider = new ApnsProvider(settings, BreakerTerms.USUAL, () -> Pushes.NOW)) {
            return soon(provider.problems());
        }
    }

    private static List<String> problems(ApnsSettings settings, Address.Apns device) throws Exception {
        try (ApnsProvider provider = new ApnsProvider(settings, BreakerTerms.USUAL, () -> Pushes.NOW)) {
            return soon(provider.problems(device));
        }
    }

    private static <T> T soon(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static void assertOne(List<String> problems, String... parts) {
        assertThat(problems).singleElement().asString().contains(parts).doesNotContain("\n");
    }

    @Test
    void settings_thatAreRight_haveNoProblems() throws Exception {
        assertThat(problems(settings(account.keyFile()))).isEmpty();
        assertThat(production.server().requests()).hasSize(1);
        assertThat(sandbox.server().requests()).isEmpty();
    }

    @Test
    void topicForCalls_isCheckedAsOne_butNoDeviceIsMadeToRing() throws Exception {
        assertThat(problems(calling())).isEmpty();
        assertThat(production.server().requests())
                .extracting(request -> request.headers().get("apns-push-type"))
                .containsExactlyInAnyOrder("background", "voip");
        assertOne(problems(calling(), new Address.Apns(TOKEN, AppleAccount.VOIP, false)), "without a call");
        assertThat(production.server().requests()).hasSize(2);
    }

    @Test
    void keyFile_thatIsNotThere_isNamed() throws Exception {
        Path absent = folder.resolve("absent.p8");
        assertOne(problems(settings(absent)), absent.toString(), "is not there");
        try (ApnsProvider provider = new ApnsProvider(settings(absent), BreakerTerms.USUAL, () -> Pushes.NOW)) {
            assertThat(soon(provider.send(new Address.Apns(TOKEN, AppleAccount.TOPIC, false), Pushes.update())))
                    .isEqualTo(new Outcome.Misconfigured("no signing key"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CERTIFICATE,           is a certificate",
        "EC PRIVATE KEY,        older format",
        "ENCRYPTED PRIVATE KEY, is encrypted",
        "PUBLIC KEY,            not a private key",
        "PRIVATE KEY,           damaged",
    })
    void keyFile_ofTheWrongKind_isCalledWhatItIs(String kind, String told) throws Exception {
        Path file = Files.writeString(folder.resolve("k.p8"), TestCertificate.pem(kind, new byte[] {1, 2, 3}));
        assertOne(problems(settings(file)), file.toString(), told, "AuthKey_….p8");
    }

    @Test
    void key_ofAnotherAlgorithmOrCurve_isRefused() throws Exception {
        Path rsa = folder.resolve("rsa.p8");
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        Files.writeString(
                rsa,
                TestCertificate.pem(
                        "PRIVATE KEY", generator.generateKeyPair().getPrivate().getEncoded()));
        assertOne(problems(settings(rsa)), "no elliptic-curve key");
        Path p384 = folder.resolve("p384.p8");
        Files.writeString(
                p384,
                TestCertificate.pem(
                        "PRIVATE KEY",
                        AppleAccount.pair("secp384r1").getPrivate().getEncoded()));
        assertOne(problems(settings(p384)), "another curve than P-256");
    }

    @Test
    void idsThatCannotBe_areTold() throws Exception {
        int port = production.server().port();
        assertOne(
                problems(settings(account.keyFile(), "short", AppleAccount.TEAM_ID, AppleAccount.TOPIC, port)),
                "key id for APNs must be 10");
        assertOne(
                problems(settings(account.keyFile(), AppleAccount.KEY_ID, "my team", AppleAccount.TOPIC, port)),
                "team id for APNs must be 10");
    }

    @Test
    void keyOfAnotherTeam_isTold() throws Exception {
        AppleAccount other = AppleAccount.in(folder);
        assertOne(
                problems(settings(other.keyFile())),
                "production",
                "does not know the signing key",
                AppleAccount.KEY_ID,
                AppleAccount.TEAM_ID);
    }

    @Test
    void wrongBundle_isTold() throws Exception {
        assertOne(
                problems(settings(
                        account.keyFile(),
                        AppleAccount.KEY_ID,
                        AppleAccount.TEAM_ID,
                        "dev.waggle.typo",
                        production.server().port())),
                "dev.waggle.typo is not the bundle id");
    }

    @Test
    void noServer_isTold() throws Exception {
        production.close();
        assertOne(problems(settings(account.keyFile())), "no answer (no connection)", "firewall");
    }

    @ParameterizedTest
    @CsvSource({
        "ExpiredProviderToken,       clock is slow",
        "BadEnvironmentKeyIdInToken, is not for this environment",
        "UnrelatedKeyIdInToken,      is for other topics",
        "Forbidden,                  developer site",
        "SomethingNew,               APNs answers SomethingNew",
    })
    void refusals_haveASentenceEach(String reason, String told) throws Exception {
        production.device("0".repeat(64), request -> ApnsDouble.refusal(403, reason));
        assertOne(problems(settings(account.keyFile())), "apns, localhost:", "(production)", told);
    }

    @Test
    void tokenOfTheSandbox_registeredForProduction_isTold() throws Exception {
        sandbox.device(TOKEN, request -> Reply.answer(200, ""));
        assertOne(
                problems(settings(account.keyFile()), new Address.Apns(TOKEN, AppleAccount.TOPIC, false)),
                "registered for production, but its token is of sandbox");
    }

    @Test
    void device_thatNobodyKnows_isTold() throws Exception {
        assertOne(
                problems(settings(account.keyFile()), new Address.Apns(TOKEN, AppleAccount.TOPIC, true)),
                "neither production nor sandbox");
        assertOne(
                problems(settings(account.keyFile()), new Address.Apns(TOKEN, "dev.waggle.other", true)),
                "topic is not in the settings");
    }

    @Test
    void device_thatCanBeReached_hasNoProblems() throws Exception {
        production.device(TOKEN, request -> Reply.answer(200, ""));
        assertThat(problems(settings(account.keyFile()), new Address.Apns(TOKEN, AppleAccount.TOPIC, false)))
                .isEmpty();
        production.device(TOKEN, request -> ApnsDouble.refusal(410, "Unregistered"));
        assertOne(
                problems(settings(account.keyFile()), new Address.Apns(TOKEN, AppleAccount.TOPIC, false)),
                "was removed from this device");
    }
}
