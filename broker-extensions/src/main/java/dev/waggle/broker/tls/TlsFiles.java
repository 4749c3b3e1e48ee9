package dev.waggle.broker.tls;

import dev.waggle.spec.Parsed;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator gave.
 *
 * @param certificate PEM, the server's certificate and its chain
 * @param key PEM, PKCS #8 without a password
 * @param clientAuthorities PEM, whose client certificates are taken; null: none are asked for
 */
public record TlsFiles(Path certificate, Path key, @Nullable Path clientAuthorities) {

    /** Why they cannot be used, or null: reads them. */
    public @Nullable String problem() {
        if (ServerCertificate.read(certificate, key) instanceof Parsed.Bad<ServerCertificate> bad) {
            return bad.reason();
        }
        return clientAuthorities != null
                        && ServerCertificate.certificates(clientAuthorities)
                                instanceof Parsed.Bad<List<X509Certificate>> bad
                ? bad.reason()
                : null;
    }
}
