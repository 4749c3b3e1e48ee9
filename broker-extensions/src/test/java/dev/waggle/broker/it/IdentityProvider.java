package dev.waggle.broker.it;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The identity provider of {@code src/test/oidc} in a Node process; its words are explained there. One thread. */
final class IdentityProvider implements AutoCloseable {
    static final String AUDIENCE = "urn:example:chat";

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Process node;
    private final BufferedWriter lines;
    private final BufferedReader answers;
    private final String issuer;

    /** @param folder of the script, with its libraries installed */
    IdentityProvider(Path folder) throws IOException {
        node = new ProcessBuilder("node", "provider.mjs")
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        lines = node.outputWriter();
        answers = node.inputReader();
        issuer = answer().substring("issuer ".length());
    }

    /** {@code iss}. */
    String issuer() {
        return issuer;
    }

    /** The library may print notices among the answers. */
    private String answer() throws IOException {
        String line = answers.readLine();
        while (line != null && line.startsWith("oidc-provider ")) {
            line = answers.readLine();
        }
        if (line == null || line.startsWith("failed")) {
            throw new AssertionError("the identity provider answers: " + line);
        }
        return line;
    }

    String say(String line) throws IOException {
        lines.write(line + "\n");
        lines.flush();
        return answer();
    }

    /** A real access token for the broker. */
    String token(String client) throws IOException {
        return token(client, AUDIENCE);
    }

    /** A real access token, from the token endpoint. */
    String token(String client, String audience) throws IOException {
        String basic =
                Base64.getEncoder().encodeToString((client + ":secret-of-" + client).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(issuer + "/token"))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials&scope=chat&resource="
                        + URLEncoder.encode(audience, StandardCharsets.UTF_8)))
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new AssertionError("no token: " + response.body());
            }
            return json.readTree(response.body()).path("access_token").asText();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What a good token of alice says; fresh copies, to be spoiled. */
    Forgery forgery() {
        Instant now = Instant.now();
        Map<String, Object> claims = new HashMap<>();
        claims.put("iss", issuer);
        claims.put("sub", "alice");
        claims.put("aud", AUDIENCE);
        claims.put("client_id", "app");
        claims.put("jti", "made-" + now);
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.getEpochSecond() + 600);
        Map<String, Object> header = new HashMap<>();
        header.put("alg", "ES256");
        header.put("typ", "at+jwt");
        return new Forgery("signed", "ES256", header, claims);
    }

    /** @param key its kind: ES256, RSA, EdDSA or ES384 */
    record Forgery(String form, String key, Map<String, Object> header, Map<String, Object> claims) {

        Forgery form(String other) {
            return new Forgery(other, key, header, claims);
        }

        Forgery key(String other, String algorithm) {
            return new Forgery(form, other, header, claims).header("alg", algorithm);
        }

        Forgery header(String name, Object value) {
            header.put(name, value);
            return this;
        }

        Forgery claim(String name, Object value) {
            claims.put(name, value);
            return this;
        }

        /** Issued a minute ago. */
        Forgery expiring(Instant when) {
            return claim("iat", when.getEpochSecond() - 60).claim("exp", when.getEpochSecond());
        }
    }

    String sign(Forgery forgery) throws IOException {
        return say("sign " + json.writeValueAsString(forgery));
    }

    @Override
    public void close() throws Exception {
        lines.close();
        if (!node.waitFor(5, TimeUnit.SECONDS)) {
            node.destroyForcibly();
        }
    }
}
