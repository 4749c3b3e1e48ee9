package dev.waggle.broker.tls;

import dev.waggle.spec.Parsed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A certificate with its chain and private key, as certificate authorities hand them out: PEM (RFC 7468), the key as
 * PKCS #8 without a password.
 *
 * @param chain the server's own first
 * @param key of the first certificate
 */
record ServerCertificate(List<X509Certificate> chain, PrivateKey key) {
    /** Far more than any chain needs; a wrong path is not to be read into memory whole. */
    private static final long MOST_BYTES = 1 << 20;

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

    /** The reason names the file and never holds a byte of the key. */
    static Parsed<ServerCertificate> read(Path certificate, Path key) {
        return certificates(certificate)
                .then(chain -> key(key).then(secret -> belong(chain.get(0), secret)
                        ? Parsed.ok(new ServerCertificate(chain, secret))
                        : Parsed.bad(key + " is not the key of the first certificate in " + certificate)));
    }

    /** All certificates of a file. */
    static Parsed<List<X509Certificate>> certificates(Path file) {
        return text(file).then(pem -> {
            List<X509Certificate> chain = new ArrayList<>();
            try {
                CertificateFactory factory = CertificateFactory.getInstance("X.509");
                for (Certificate each :
                        factory.generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))) {
                    chain.add((X509Certificate) each);
                }
            } catch (GeneralSecurityException notPem) {
                return Parsed.bad(file + " holds no certificates in PEM: " + notPem.getMessage());
            }
            return chain.isEmpty() ? Parsed.bad(file + " holds no certificate") : Parsed.ok(List.copyOf(chain));
        });
    }

    Instant notAfter() {
        return chain.get(0).getNotAfter().toInstant();
    }

    private static Parsed<PrivateKey> key(Path file) {
        return text(file).then(pem -> {
            Matcher matcher = KEY.matcher(pem);
            if (!matcher.find()) {
                return Parsed.bad(file + " holds no 'BEGIN PRIVATE KEY': it must be PKCS #8 in PEM without a password"
                        + " (openssl pkcs8 -topk8 -nocrypt makes one)");
            }
            byte[] der = Base64.getMimeDecoder().decode(matcher.group(1));
            for (String algorithm : ALGORITHMS) {
                try {
                    return Parsed.ok(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der)));
                } catch (GeneralSecurityException another) {
                    continue;
                }
            }
            return Parsed.bad(file + " holds a key that is neither EC, RSA nor EdDSA");
        });
    }

    /** Signs and verifies once: a wrong pair would else be noticed by the first client. */
    private static boolean belong(X509Certificate certificate, PrivateKey key) {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                };
        try {
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update((byte) 1);
            byte[] signature = signing.sign();
            signing.initVerify(certificate.getPublicKey());
            signing.update((byte) 1);
            return signing.verify(signature);
        } catch (GeneralSecurityException anotherKind) {
            return false;
        }
    }

    private static Parsed<String> text(Path file) {
        try {
            return Files.size(file) > MOST_BYTES
                    ? Parsed.bad(file + " is larger than " + MOST_BYTES + " bytes: no PEM file")
                    : Parsed.ok(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException unreadable) {
            return Parsed.bad(file + " cannot be read: " + unreadable);
        }
    }
}
