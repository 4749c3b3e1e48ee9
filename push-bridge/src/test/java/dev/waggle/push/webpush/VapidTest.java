package dev.waggle.push.webpush;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VapidTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final VapidKey key = VapidKey.make(new SecureRandom());
    private final Vapid vapid =
            new Vapid(key, VapidContact.parse("mailto:ops@chat.example.org").get(), now::get);

    private JsonNode claims(String authorization) {
        VapidCheck check = VapidCheck.of(authorization);
        assertThat(check.key()).isEqualTo(key.publicKey());
        return check.claims();
    }

    @Test
    void authorization_isSigned_forTheOrigin_forHalfADay() {
        String authorization = vapid.authorization("https://push.example:8443");
        JsonNode claims = claims(authorization);
        assertThat(claims.get("aud").isTextual()).isTrue();
        assertThat(claims.get("aud").asText()).isEqualTo("https://push.example:8443");
        assertThat(claims.get("exp").asLong()).isEqualTo(START.plus(Vapid.LIFE).getEpochSecond());
        assertThat(claims.get("sub").asText()).isEqualTo("mailto:ops@chat.example.org");
    }

    @Test
    void withoutContact_nobodyIsNamed() {
        assertThat(claims(new Vapid(key, null, now::get).authorization("https://push.example"))
                        .has("sub"))
                .isFalse();
    }

    @Test
    void authorization_isKept_forHours_perOrigin() {
        String first = vapid.authorization("https://a.example");
        assertThat(vapid.authorization("https://b.example")).isNotEqualTo(first);
        now.set(START.plus(Duration.ofHours(5)));
        assertThat(vapid.authorization("https://a.example")).isEqualTo(first);
        now.set(START.plus(Duration.ofHours(7)));
        assertThat(claims(vapid.authorization("https://a.example")).get("exp").asLong())
                .isEqualTo(now.get().plus(Vapid.LIFE).getEpochSecond());
    }

    @Test
    void authorization_ofEndlesslyManyOrigins_forgetsTheOldest() {
        String first = vapid.authorization("https://a.example");
        for (int i = 0; i < 1_000; i++) {
            vapid.authorization("https://n" + i + ".example");
        }
        assertThat(vapid.authorization("https://a.example")).isNotEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mailto:ops@example.org",
                "mailto:first.last+push@chat.example.co.uk",
                "https://chat.example.org",
                "https://chat.example.org/contact"
            })
    void contact_thatCanBeReached_isTaken(String text) {
        assertThat(VapidContact.parse(text).get().value()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ops@example.org",
                "mailto:ops",
                "mailto:ops@localhost",
                "mailto:ops@chat.localhost",
                "mailto:ops@host.invalid",
                "mailto:ops@chat",
                "mailto:ops@192.168.0.1",
                "mailto:ops@example..org",
                "mailto:ops@example.org\r\nX: y",
                "mailto:<ops@example.org>",
                "mailto: ops@example.org",
                "http://chat.example.org",
                "https://localhost/contact",
                "https://user@chat.example.org",
                "https://127.0.0.1/",
                "https:chat.example.org"
            })
    void contact_thatAppleWouldRefuse_isBad(String text) {
        assertThat(VapidContact.parse(text).isOk()).isFalse();
    }
}
