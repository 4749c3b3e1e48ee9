package dev.waggle.auth;

import dev.waggle.spec.Parsed;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/**
 * Names a client certificate, as {@code x5t#S256} does (RFC 8705 §3.1): SHA-256 of its DER form.
 *
 * @param base64url 43 characters, no padding
 */
public record CertificateDigest(String base64url) {
    private static final int BYTES = 32;

    /** Reads the claim; one spelling only. Never throws. */
    public static Parsed<CertificateDigest> parse(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return bytes.length == BYTES && encoded(bytes).equals(text)
                    ? Parsed.ok(new CertificateDigest(text))
                    : Parsed.bad(ALLOWED);
        } catch (IllegalArgumentException e) {
            return Parsed.bad(ALLOWED);
        }
    }

    /** @throws IllegalArgumentException if it has no DER form, which one that was read from a connection has */
    public static CertificateDigest of(X509Certificate certificate) {
        try {
            return new CertificateDigest(
                    encoded(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded())));
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("a certificate without a DER form", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static final String ALLOWED = "x5t#S256 is the SHA-256 of a certificate, 43 characters of base64url";
}
