package dev.waggle.push.fcm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waggle.push.credential.CredentialFile;
import dev.waggle.spec.Parsed;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the JSON key of a service account says. The text form shows nothing of it.
 *
 * @param project id of the Firebase project
 * @param email who the account is
 * @param keyId of the key
 * @param key RSA
 * @param tokenUri gives access tokens to who shows that it has the key; https, or http on this machine
 */
record ServiceAccount(String project, String email, String keyId, PrivateKey key, URI tokenUri) {
    private static final String WHERE = "give the JSON file that the Firebase console offers under Project settings,"
            + " Service accounts, Generate new private key";

    /** It becomes part of the path. */
    private static final Pattern PROJECT = Pattern.compile("[A-Za-z0-9:.-]{1,100}");

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** RS256 asks for it (RFC 7518 §3.3). */
    private static final int LEAST_BITS = 2_048;

    /** Bad says in one sentence what is wrong. Blocks for the disk. */
    static Parsed<ServiceAccount> read(Path file) {
        return CredentialFile.read(file).then(text -> parse("the key file " + file + " for FCM", text));
    }

    private static Parsed<ServiceAccount> parse(String file, String text) {
        if (text.contains("-----BEGIN") && !text.stripLeading().startsWith("{")) {
            return Parsed.bad(file + " is a key in PEM, perhaps that of APNs: " + WHERE);
        }
        JsonNode json;
        try {
            json = new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            return Parsed.bad(file + " is not JSON: " + WHERE);
        }
        if (json.has("project_info")) {
            return Parsed.bad(file + " is google-services.json, which belongs into the app: " + WHERE);
        }
        if (!json.path("type").asText().equals("service_account")) {
            return Parsed.bad(file + " is not the key of a service account: " + WHERE);
        }
        String project = json.path("project_id").asText();
        String email = json.path("client_email").asText();
        if (!PROJECT.matcher(project).matches() || email.isEmpty()) {
            return Parsed.bad(file + " lacks project_id or client_email: " + WHERE);
        }
        URI tokenUri = uri(json.path("token_uri").asText());
        if (!isPrivate(tokenUri)) {
            return Parsed.bad(file + " has no token_uri with https: " + WHERE);
        }
        return key(json.path("private_key").asText())
                .fold(
                        key -> Parsed.ok(new ServiceAccount(
                                project, email, json.path("private_key_id").asText(), key, tokenUri)),
                        reason -> Parsed.bad(file + " " + reason + ": " + WHERE));
    }

    /** What is sent there gives access to all devices: it is encrypted, or does not leave the machine. */
    private static boolean isPrivate(URI uri) {
        String host = uri.getHost();
        return host != null
                && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()) && LOOPBACK.contains(host));
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            return URI.create("");
        }
    }

    private static Parsed<PrivateKey> key(String pem) {
        String body = pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "").replaceAll("\\s", "");
        try {
            PrivateKey key = KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
            return key instanceof RSAKey rsa && rsa.getModulus().bitLength() >= LEAST_BITS
                    ? Parsed.ok(key)
                    : Parsed.bad("has an RSA key shorter than " + LEAST_BITS + " bits");
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Parsed.bad("has no RSA key, or a damaged one");
        }
    }

    @Override
    public String toString() {
        return "a service account of " + project;
    }
}
