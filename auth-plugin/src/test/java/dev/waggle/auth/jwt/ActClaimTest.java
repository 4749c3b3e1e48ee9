package dev.waggle.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.auth.Verdict;
import dev.waggle.spec.UserId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code act} (RFC 8693 §4.1): a service account that speaks for a user. */
class ActClaimTest {
    private static final LocalKeys KEYS = Keys.local("k1");

    private final JwtVerifier verifier =
            new JwtVerifier(KEYS, LocalIssuer.DEFAULT_NAME, Runnable::run, Forge.CLOCK, 10);

    private Verdict verify(String act, String role) {
        String token = new Forge(KEYS).claims((ObjectNode claims) -> {
            claims.set("act", Forge.read(act));
            claims.putArray("roles").add(role);
        });
        return verifier.verify(token).toCompletableFuture().join();
    }

    @Test
    void service_actsForTheUser() {
        assertThat(verify("{\"sub\":\"bot\"}", "service")).isInstanceOfSatisfying(Verdict.Granted.class, granted -> {
            assertThat(granted.identity().user()).isEqualTo(new UserId("alice"));
            assertThat(granted.identity().agent()).isEqualTo(new UserId("bot"));
            assertThat(granted.identity().actor().author()).hasToString("alice~bot");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "moderator", "admin"})
    void otherRoles_actForNobody(String role) {
        assertThat(verify("{\"sub\":\"bot\"}", role)).isInstanceOf(Verdict.Denied.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"bot\"",
                "[\"bot\"]",
                "{}",
                "{\"sub\":7}",
                "{\"sub\":\"\"}",
                "{\"sub\":\"alice\"}",
                "{\"sub\":\"bot\",\"act\":{\"sub\":\"other\"}}",
                "{\"sub\":\"bot\",\"iss\":\"https://other\"}"
            })
    void whatIsNotUnderstood_refusesTheToken(String act) {
        assertThat(verify(act, "service")).isInstanceOf(Verdict.Denied.class);
    }
}
