package dev.waggle.push.apns;

import com.eatthepath.pushy.apns.auth.ApnsSigningKey;
import dev.waggle.push.credential.CredentialFile;
import dev.waggle.spec.Parsed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/** The key that provider tokens are signed with, from Apple's {@code .p8} file: PKCS #8 in PEM, a key on P-256. */
final class SigningKey {
    private static final Pattern ID = Pattern.compile("[A-Z0-9]{10}");

    private static final String WHERE =
            "give the file AuthKey_….p8 that Apple's developer site offers once, under Keys, for a key with APNs";

    private static final int P256_BITS = 256;

    private SigningKey() {}

    /** Bad says in one sentence what is wrong. Blocks for the disk. */
    static Parsed<ApnsSigningKey> read(ApnsSettings settings) {
        if (!ID.matcher(settings.keyId()).matches()) {
            return Parsed.bad(
                    "the key id for APNs must be 10 capital letters and digits, as Apple shows it beside the key");
        }
        if (!ID.matcher(settings.teamId()).matches()) {
            return Parsed.bad(
                    "the team id for APNs must be 10 capital letters and digits, as Apple shows it under Membership");
        }
        return CredentialFile.read(settings.keyFile())
                .then(text -> parse(settings.keyFile(), text, settings.teamId(), settings.keyId()));
    }

    private static Parsed<ApnsSigningKey> parse(Path file, String text, String teamId, String keyId) {
        if (!text.contains("-----BEGIN PRIVATE KEY-----")) {
            return Parsed.bad("the key file " + file + " for APNs " + looksLike(text) + ": " + WHERE);
        }
        try {
            ApnsSigningKey key = ApnsSigningKey.loadFromInputStream(
                    new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), teamId, keyId);
            return key.getParams().getCurve().getField().getFieldSize() == P256_BITS
                    ? Parsed.ok(key)
                    : Parsed.bad("the key file " + file + " for APNs has a key on another curve than P-256: " + WHERE);
        } catch (IOException | NoSuchAlgorithmException | InvalidKeyException | IllegalArgumentException e) {
            return Parsed.bad(
                    "the key file " + file + " for APNs has no elliptic-curve key, or a damaged one: " + WHERE);
        }
    }

    private static String looksLike(String text) {
        if (text.contains("-----BEGIN CERTIFICATE")) {
            return "is a certificate, not a signing key";
        }
        if (text.contains("-----BEGIN EC PRIVATE KEY") || text.contains("-----BEGIN RSA PRIVATE KEY")) {
            return "is a private key in an older format, not PKCS #8";
        }
        if (text.contains("-----BEGIN ENCRYPTED PRIVATE KEY")) {
            return "is encrypted";
        }
        return text.stripLeading().startsWith("{")
                ? "is JSON, perhaps that of Firebase"
                : "is not a private key in PEM";
    }
}
