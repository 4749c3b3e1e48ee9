package dev.waggle.auth;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Turns a token into an identity. Any thread; the work is done on a bounded pool of its own. */
public interface TokenVerifier {
    /**
     * @param token as it came: untrusted, of any length
     * @param presented the certificate that the connection has proved to hold, or null: a token that is bound to one
     *     ({@code cnf}, RFC 8705) is good only with it
     * @return never completes exceptionally for a bad token
     */
    CompletionStage<Verdict> verify(String token, @Nullable CertificateDigest presented);

    /** Without a certificate. */
    default CompletionStage<Verdict> verify(String token) {
        return verify(token, null);
    }
}
