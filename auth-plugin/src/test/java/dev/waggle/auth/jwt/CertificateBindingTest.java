package dev.waggle.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.auth.CertificateDigest;
import dev.waggle.auth.Verdict;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code cnf} with {@code x5t#S256} (RFC 8705 §3.1): of no use without the certificate, refused if it is not understood. */
class CertificateBindingTest {
    private static final String MINE = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]);
    private static final String OTHERS = MINE.replace("AAAA", "BBBB");

    private static final LocalKeys KEYS = Keys.local("k1");

    private final JwtVerifier verifier =
            new JwtVerifier(KEYS, LocalIssuer.DEFAULT_NAME, Runnable::run, Forge.CLOCK, 10);

    private Verdict verify(String token, @Nullable String shown) {
        CertificateDigest presented = shown == null ? null : new CertificateDigest(shown);
        return verifier.verify(token, presented).toCompletableFuture().join();
    }

    private static String bound(String cnf) {
        return new Forge(KEYS).claim("cnf", cnf);
    }

    @Test
    void boundToken_isGoodWithItsCertificateOnly_alsoWhenItWasVerifiedBefore() {
        String token = bound("{\"x5t#S256\":\"" + MINE + "\"}");

        assertThat(verify(token, null)).isInstanceOf(Verdict.Denied.class);
        assertThat(verify(token, MINE)).isInstanceOf(Verdict.Granted.class);
        assertThat(verify(token, OTHERS)).isInstanceOf(Verdict.Denied.class);
        assertThat(verify(token, null)).isInstanceOfSatisfying(Verdict.Denied.class, denied -> {
            assertThat(denied.reasonCode()).isEqualTo(0x87);
            assertThat(denied.reason()).contains("client certificate");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"AAAA\"",
                "[]",
                "{}",
                "{\"jkt\":\"AAAA\"}",
                "{\"x5t#S256\":7}",
                "{\"x5t#S256\":\"\"}",
                "{\"x5t#S256\":\"AAAA\"}",
                "{\"x5t#S256\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"}",
                "{\"x5t#S256\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB\"}",
                "{\"x5t#S256\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"jkt\":\"x\"}"
            })
    void malformedConfirmation_refusesTheToken_withAnyCertificate(String cnf) {
        assertThat(verify(bound(cnf), MINE)).isInstanceOf(Verdict.Denied.class);
        assertThat(verify(bound(cnf), null)).isInstanceOf(Verdict.Denied.class);
    }
}
