package dev.waggle.auth.jwt.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.Parsed;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyDownloadTest {
    private static final String ISSUER = "https://id.example/realm";
    private static final String METADATA = ISSUER + "/.well-known/openid-configuration";
    private static final String SET = SigningKeys.set(SigningKeys.p256("k"));

    private final Map<String, String> web = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final KeyDownload discovered =
            KeyDownload.discovered(ISSUER, KeyDownload.metadataOf(ISSUER).get(), this::get);

    private CompletionStage<Parsed<byte[]>> get(URI address) {
        asked.add(address.toString());
        String body = web.get(address.toString());
        return CompletableFuture.completedFuture(
                body == null ? Parsed.bad("status 404") : Parsed.ok(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static String run(KeyDownload download) {
        return download.run()
                .toCompletableFuture()
                .getNow(Parsed.bad("late"))
                .fold(set -> set.size() + " key", reason -> reason);
    }

    @Test
    void discovered_addressOfTheMetadata_keptUntilItFails() {
        web.put(METADATA, "{\"issuer\":\"" + ISSUER + "\",\"jwks_uri\":\"https://keys.example/1\"}");
        web.put("https://keys.example/1", SET);
        assertThat(run(discovered)).isEqualTo("1 key");
        assertThat(run(discovered)).isEqualTo("1 key");
        assertThat(asked).containsExactly(METADATA, "https://keys.example/1", "https://keys.example/1");

        web.remove("https://keys.example/1");
        web.put("https://keys.example/2", SET);
        web.put(METADATA, "{\"issuer\":\"" + ISSUER + "\",\"jwks_uri\":\"https://keys.example/2\"}");
        assertThat(run(discovered)).contains("https://keys.example/1", "404");
        assertThat(run(discovered)).isEqualTo("1 key");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"issuer":"https://id.example/realm/","jwks_uri":"https://id.example/keys"} | another issuer
            {"issuer":"https://ID.example/realm","jwks_uri":"https://id.example/keys"}  | another issuer
            {"jwks_uri":"https://id.example/keys"}                                      | another issuer
            {"issuer":["https://id.example/realm"],"jwks_uri":"https://id.example/k"}   | another issuer
            {"issuer":"https://id.example/realm"}                                       | jwks_uri
            {"issuer":"https://id.example/realm","jwks_uri":"http://id.example/keys"}   | jwks_uri
            {"issuer":"https://id.example/realm","jwks_uri":"http://127.0.0.1/keys"}    | from https to http
            {"issuer":"https://id.example/realm","jwks_uri":"file:///etc/passwd"}       | jwks_uri
            <html>                                                                      | not strict JSON
            """)
    void discovered_wrongMetadata_nothingElseIsFetched(String metadata, String reason) {
        web.put(METADATA, metadata);

        assertThat(run(discovered)).contains(METADATA, reason);
        assertThat(asked).containsExactly(METADATA);
    }

    @Test
    void from_noKeySet_saysWhere() {
        assertThat(run(KeyDownload.from(URI.create("https://keys.example/"), this::get)))
                .contains("https://keys.example/", "404");
    }

    @Test
    void metadataOf_issuer_belowItsAddress() {
        assertThat(KeyDownload.metadataOf("https://id.example").get())
                .hasToString("https://id.example/.well-known/openid-configuration");
        assertThat(KeyDownload.metadataOf("https://id.example/").get())
                .hasToString("https://id.example/.well-known/openid-configuration");
        assertThat(KeyDownload.metadataOf("http://localhost:9/r").get())
                .hasToString("http://localhost:9/r/.well-known/openid-configuration");
    }

    @ParameterizedTest
    @ValueSource(strings = {"waggle:local", "http://id.example", "https://id.example/?a=b", "https://", "x y"})
    void metadataOf_noAddress_isBad(String issuer) {
        assertThat(KeyDownload.metadataOf(issuer).isOk()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1.evil.example/k",
                "http://localhost.evil.example/",
                "http://[::2]/",
                "http://10.0.0.1/",
                "https://user:pw@id.example/",
                "https://id.example/#x",
                "ftp://127.0.0.1/",
                "//id.example/",
                "/keys",
                "",
                "https:///keys"
            })
    void parse_addressNotAllowed_isBad(String text) {
        assertThat(WebAddress.parse(text).isOk()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://id.example/k?v=1", "http://127.0.0.1:8080/", "http://[::1]/", "HTTP://LOCALHOST/"})
    void parse_addressAllowed_isOk(String text) {
        assertThat(WebAddress.parse(text).isOk()).isTrue();
    }
}
