package dev.waggle.broker.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.auth.jwt.ExternalIssuer;
import dev.waggle.auth.jwt.keys.SignatureAlgorithm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IssuersConfigTest {

    @TempDir
    private Path folder;

    private ConfigReading read(String yaml, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(folder.resolve("w.yaml"), yaml);
        return new ConfigReader(folder, environment).read(file, Map.of());
    }

    private WaggleConfig.Issuers accepted(String yaml) throws IOException {
        return read(yaml, Map.of()).fold(good -> good.config().issuers(), bad -> {
            throw new AssertionError(bad);
        });
    }

    private List<Problem> refused(String yaml) throws IOException {
        return read(yaml, Map.of()).fold(good -> List.of(), ConfigReading.Refused::problems);
    }

    @Test
    void read_nothing_trustsTheLocalIssuerOnly() throws IOException {
        assertThat(accepted("")).isEqualTo(new WaggleConfig.Issuers(true, true, List.of()));
        assertThat(accepted("issuers: []")).isEqualTo(new WaggleConfig.Issuers(true, true, List.of()));
    }

    @Test
    void read_shortEntry_hasTheDefaults() throws IOException {
        assertThat(accepted("issuers: [{issuer: https://id.example, audience: chat}]")
                        .external())
                .containsExactly(new ExternalIssuer(
                        "https://id.example",
                        "chat",
                        null,
                        ExternalIssuer.Type.ACCESS_TOKEN,
                        EnumSet.of(
                                SignatureAlgorithm.ES256,
                                SignatureAlgorithm.RS256,
                                SignatureAlgorithm.PS256,
                                SignatureAlgorithm.EDDSA),
                        "sub",
                        "device_id",
                        null,
                        false,
                        Duration.ofHours(24),
                        Duration.ofHours(24),
                        null));
    }

    @Test
    void read_fullEntriesInsteadOfTheLocalOne_areAllThere() throws IOException {
        WaggleConfig.Issuers issuers = accepted("""
                localIssuer: {enabled: false}
                issuers:
                  - issuer: https://one.example
                    audience: chat
                    jwksUri: http://127.0.0.1:9000/keys
                    typ: JWT
                    algorithms: [EdDSA, ES384]
                    userClaim: https://one.example/user
                    deviceClaim: dev
                    roleClaim: role
                    subjects: raw
                    maxLifetime: 1h
                    outage: 1m
                  - {issuer: two, audience: chat, jwksUri: 'https://two.example/keys'}
                """);
        assertThat(issuers.local()).isFalse();
        assertThat(issuers.external())
                .first()
                .isEqualTo(new ExternalIssuer(
                        "https://one.example",
                        "chat",
                        URI.create("http://127.0.0.1:9000/keys"),
                        ExternalIssuer.Type.JWT,
                        EnumSet.of(SignatureAlgorithm.EDDSA, SignatureAlgorithm.ES384),
                        "https://one.example/user",
                        "dev",
                        "role",
                        true,
                        Duration.ofHours(1),
                        Duration.ofMinutes(1),
                        null));
        assertThat(issuers.external()).extracting(ExternalIssuer::name).containsExactly("https://one.example", "two");
    }

    @Test
    void read_environment_replacesTheListOfTheFile() throws IOException {
        ConfigReading reading = read(
                "issuers: [{issuer: https://file.example, audience: chat}, {issuer: https://b.example, audience: c}]",
                Map.of("WAGGLE_ISSUERS", "[{issuer: https://env.example, audience: chat}]"));
        assertThat(reading.<List<String>>fold(
                        good -> good.config().issuers().external().stream()
                                .map(ExternalIssuer::name)
                                .toList(),
                        bad -> List.of(bad.toString())))
                .containsExactly("https://env.example");
    }

    @Test
    void read_environmentThatIsNoList_isAProblem() throws IOException {
        assertThat(read("", Map.of("WAGGLE_ISSUERS", "https://id.example"))
                        .<List<Problem>>fold(good -> List.of(), ConfigReading.Refused::problems))
                .singleElement()
                .extracting(Problem::key)
                .isEqualTo("issuers");
        assertThat(read("", Map.of("WAGGLE_ISSUERS", "[{issuer: "))
                        .<List<Problem>>fold(good -> List.of(), ConfigReading.Refused::problems))
                .singleElement()
                .extracting(Problem::key)
                .isEqualTo("WAGGLE_ISSUERS");
    }

    @Test
    void read_manyProblems_tellsAllWithTheirEntry() throws IOException {
        List<Problem> problems = refused("""
                issuers:
                  - {issuer: https://one.example, audience: chat, subjects: cooked, typ: jwt}
                  - {audience: chat, jwksUrl: https://two.example/keys}
                  - {issuer: three, audience: '', jwksUri: http://three.example/keys, outage: 8d, algorithms: [HS256]}
                  - {issuer: four, audience: chat}
                  - {issuer: https://one.example, audience: chat, subjects: raw}
                """);
        assertThat(problems)
                .extracting(Problem::key)
                .containsExactly(
                        "issuers[0].subjects",
                        "issuers[0].typ",
                        "issuers[1].issuer",
                        "issuers[1].jwksUrl",
                        "issuers[2].audience",
                        "issuers[2].jwksUri",
                        "issuers[2].outage",
                        "issuers[2].algorithms",
                        "issuers[3].jwksUri",
                        "issuers[4].issuer",
                        "issuers[4].subjects");
        assertThat(problems.get(3).allowed()).contains("jwksUri");
        assertThat(problems.get(5).toString()).contains("http://three.example/keys", "https://");
        assertThat(problems.get(7).toString()).contains("HS256", "EdDSA");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            issuers: [{issuer: https://a.b, audience: c, subjects: raw}]                              | issuers[0].subjects
            issuers: [{issuer: https://a.b, audience: c}, {issuer: https://a.b, audience: d}]         | issuers[1].issuer
            issuers: [{issuer: 'waggle:local', audience: c, jwksUri: https://a.b/k}]                  | issuers[0].issuer
            localIssuer: {enabled: false}                                                             | localIssuer.enabled
            issuers: {issuer: https://a.b, audience: c}                                               | issuers.issuer
            issuers: https://a.b                                                                      | issuers
            issuers: [{issuer: https://a.b, audience: c}, https://b.c]                                | issuers[1]
            issuers: [{issuer: 'https://a.b?x=1', audience: c}]                                       | issuers[0].jwksUri
            issuers: [{issuer: https://a.b, audience: c, jwksUri: 'https://u:p@a.b/k'}]               | issuers[0].jwksUri
            issuers: [{issuer: https://a.b, audience: c, algorithms: []}]                             | issuers[0].algorithms
            issuers: [{issuer: https://a.b, audience: c, userClaim: 'a b'}]                           | issuers[0].userClaim
            """)
    void read_badList_namesTheKey(String yaml, String key) throws IOException {
        assertThat(refused(yaml)).extracting(Problem::key).contains(key);
    }

    @Test
    void read_twoRawIssuers_saysWhichAndWhatToDo() throws IOException {
        List<Problem> problems = refused("""
                localIssuer: {subjects: mapped}
                issuers:
                  - {issuer: https://a.b, audience: c, subjects: raw}
                  - {issuer: https://c.d, audience: c, subjects: raw}
                """);
        assertThat(problems).singleElement().extracting(Problem::key).isEqualTo("issuers[1].subjects");
        assertThat(problems.get(0).toString()).contains("issuers[0].subjects", "localIssuer.subjects");
    }

    @Test
    void read_rawIssuerBesideAMappedLocalOne_isAllowed() throws IOException {
        assertThat(accepted("localIssuer: {subjects: mapped}\n"
                                + "issuers: [{issuer: https://a.b, audience: c, subjects: raw}]")
                        .localRaw())
                .isFalse();
    }

    @Test
    void read_keysWithoutTls_areAWarning() throws IOException {
        assertThat(read("issuers: [{issuer: a, audience: c, jwksUri: http://localhost:1/k}]", Map.of())
                        .<List<String>>fold(ConfigReading.Accepted::warnings, bad -> List.of(bad.toString())))
                .singleElement()
                .asString()
                .contains("without TLS");
    }
}
