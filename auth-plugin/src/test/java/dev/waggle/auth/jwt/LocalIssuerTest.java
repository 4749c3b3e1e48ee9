package dev.waggle.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.auth.Identity;
import dev.waggle.auth.TopicGrant;
import dev.waggle.auth.Verdict;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LocalIssuerTest {
    private static final LocalKeys KEYS = Keys.local("0123456789abcdef");
    private static final UserId ALICE = new UserId("alice");

    private final LocalIssuer issuer = issuer(Forge.CLOCK);

    private static LocalIssuer issuer(InstantSource clock) {
        return new LocalIssuer(KEYS, LocalIssuer.DEFAULT_NAME, clock, new SecureRandom());
    }

    private static TokenRequest request(@Nullable String device, Duration lifetime) {
        return TokenRequest.of(ALICE, device == null ? null : new DeviceId(device), Actor.Role.USER, lifetime);
    }

    private static Verdict verify(String token, InstantSource clock) {
        return new JwtVerifier(KEYS, LocalIssuer.DEFAULT_NAME, Runnable::run, clock, 10)
                .verify(token)
                .toCompletableFuture()
                .getNow(new Verdict.Denied(0, "no answer"));
    }

    private static JsonNode part(String token, int index) {
        return Forge.read(new String(Base64.getUrlDecoder().decode(token.split("\\.")[index])));
    }

    @Test
    void token_withDevice_saysWhatThePublicContractSays() {
        String token = issuer.token(request("phone", Duration.ofMinutes(15)));

        assertThat(part(token, 0).toString())
                .isEqualTo("{\"kid\":\"0123456789abcdef\",\"typ\":\"at+jwt\",\"alg\":\"ES256\"}");
        JsonNode claims = part(token, 1);
        assertThat(claims.path("iss").textValue()).isEqualTo("waggle:local");
        assertThat(claims.path("aud").textValue()).isEqualTo("waggle");
        assertThat(claims.path("sub").textValue()).isEqualTo("alice");
        assertThat(claims.path("device_id").textValue()).isEqualTo("phone");
        assertThat(claims.path("roles").toString()).isEqualTo("[\"user\"]");
        assertThat(claims.path("iat").longValue()).isEqualTo(Forge.at(0));
        assertThat(claims.path("exp").longValue()).isEqualTo(Forge.at(900));
        assertThat(claims.path("jti").textValue()).hasSize(22);
    }

    @Test
    void token_verified_isTheIdentityAskedFor() {
        String token = issuer.token(
                TokenRequest.of(ALICE, new DeviceId("phone"), Actor.Role.MODERATOR, Duration.ofMinutes(1)));

        Identity identity = verify(token, Forge.CLOCK).fold(id -> id, denied -> {
            throw new AssertionError(denied.reason());
        });

        assertThat(identity.user()).isEqualTo(ALICE);
        assertThat(identity.device()).isEqualTo(new DeviceId("phone"));
        assertThat(identity.clientId()).isNull();
        assertThat(identity.agent()).isNull();
        assertThat(identity.role()).isEqualTo(Actor.Role.MODERATOR);
        assertThat(identity.expiresAt()).isEqualTo(Forge.at(60) * 1000);
        assertThat(identity.tokenId()).isEqualTo(part(token, 1).path("jti").textValue());
    }

    @Test
    void token_anyRequest_isBetween330And2000Bytes() {
        String least = issuer.token(new TokenRequest("a", null, Actor.Role.USER, Duration.ofSeconds(1)));
        String usual = issuer.token(request("phone-3f9a01", Duration.ofDays(30)));
        String most = issuer.token(new TokenRequest(
                "\"".repeat(255), new DeviceId("d".repeat(32)), Actor.Role.MODERATOR, Duration.ofDays(30)));

        String full = issuer.token(new TokenRequest(
                        "\"".repeat(255), new DeviceId("d".repeat(32)), Actor.Role.MODERATOR, Duration.ofDays(30))
                .withTopics(
                        List.of(TopicGrant.parse("publish " + "é".repeat(252)).get())));

        assertThat(full.length()).isLessThanOrEqualTo(2_000);
        assertThat(least.length()).isBetween(330, 450);
        assertThat(usual.length()).isBetween(330, 450);
        assertThat(most.length()).isBetween(330, 2_000);
        assertThat(verify(most, Forge.CLOCK)).isInstanceOf(Verdict.Granted.class);
    }

    @Test
    void token_ofOneSecondInTheMiddleOfASecond_livesAtLeastOneSecond() {
        Instant now = Forge.NOW.plusMillis(999);
        String token = issuer(InstantSource.fixed(now)).token(request(null, Duration.ofSeconds(1)));

        assertThat(verify(token, InstantSource.fixed(now.plusMillis(1_000)))).isInstanceOf(Verdict.Granted.class);
        assertThat(verify(token, InstantSource.fixed(now.plusMillis(1_001)))).isInstanceOf(Verdict.Denied.class);
    }

    @Test
    void token_ofThirtyDaysInTheMiddleOfASecond_isNotOverTheLimit() {
        InstantSource clock = InstantSource.fixed(Forge.NOW.plusMillis(1));
        String token = issuer(clock).token(request(null, Duration.ofDays(30)));

        assertThat(verify(token, clock)).isInstanceOf(Verdict.Granted.class);
    }

    @Test
    void token_atExp_expiresWithoutTolerance() {
        String token = issuer.token(request(null, Duration.ofMinutes(1)));

        assertThat(verify(token, InstantSource.fixed(Forge.NOW.plusMillis(59_999))))
                .isInstanceOf(Verdict.Granted.class);
        assertThat(verify(token, InstantSource.fixed(Forge.NOW.plusMillis(60_000))))
                .isEqualTo(Verdict.Denied.late(0x87, "the token has expired"));
    }

    @Test
    void token_verifierClockBehind_sixtySecondsTolerated() {
        String token = issuer.token(request(null, Duration.ofMinutes(1)));

        assertThat(verify(token, InstantSource.fixed(Forge.NOW.minusSeconds(60))))
                .isInstanceOf(Verdict.Granted.class);
        assertThat(verify(token, InstantSource.fixed(Forge.NOW.minusSeconds(61))))
                .isInstanceOf(Verdict.Denied.class);
    }

    @Test
    void token_twice_differs() {
        TokenRequest request = request("d", Duration.ofMinutes(1));

        assertThat(issuer.token(request)).isNotEqualTo(issuer.token(request));
    }

    @Test
    void tokens_many_inOrderAllDifferentAllGood() {
        List<TokenRequest> requests = IntStream.range(0, 200)
                .mapToObj(i -> new TokenRequest("u" + i, new DeviceId("d"), Actor.Role.USER, Duration.ofHours(1)))
                .toList();

        List<String> tokens = issuer.tokens(requests);

        assertThat(tokens).hasSize(200);
        assertThat(new HashSet<>(tokens)).hasSize(200);
        for (int i = 0; i < 200; i++) {
            String user =
                    verify(tokens.get(i), Forge.CLOCK).fold(id -> id.user().value(), Verdict.Denied::reason);
            assertThat(user).isEqualTo("u" + i);
        }
    }

    @Test
    void request_outOfRange_refused() {
        assertThatThrownBy(() -> request(null, Duration.ofMillis(999))).hasMessageContaining("1s to 30d");
        assertThatThrownBy(() -> request(null, Duration.ofDays(30).plusSeconds(1)))
                .hasMessageContaining("1s to 30d");
        assertThatThrownBy(() -> new TokenRequest("", null, Actor.Role.USER, Duration.ofHours(1)))
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> new TokenRequest("a\ud800", null, Actor.Role.USER, Duration.ofHours(1)))
                .hasMessageContaining("no valid Unicode");
        assertThatThrownBy(() -> new TokenRequest("a\nb", null, Actor.Role.USER, Duration.ofHours(1)))
                .hasMessageContaining("control characters");
    }

    @Test
    void request_userIdOfAnotherIssuersUser_refused() {
        UserId derived = new UserId("x" + "a".repeat(26));

        assertThatThrownBy(() -> TokenRequest.of(derived, null, Actor.Role.USER, Duration.ofHours(1)))
                .hasMessageContaining("other issuers");
    }

    @Test
    void parse_commandLine_readOrExplained() {
        assertThat(TokenRequest.parse("alice", "phone", "service", "90s").get())
                .isEqualTo(TokenRequest.of(ALICE, new DeviceId("phone"), Actor.Role.SERVICE, Duration.ofSeconds(90)));
        assertThat(TokenRequest.parse("alice", null, "user", "30d").get().device())
                .isNull();

        Stream.of(
                        List.of("a/b", "d", "user", "1h", "user id must match"),
                        List.of("alice", "", "user", "1h", "device id must match"),
                        List.of("alice", "d", "root", "1h", "user, service, moderator, admin"),
                        List.of("alice", "d", "user", "31d", "from 1s to 30d"),
                        List.of("x" + "a".repeat(26), "d", "user", "1h", "other issuers"))
                .forEach(row -> assertThat(TokenRequest.parse(row.get(0), row.get(1), row.get(2), row.get(3))
                                .<String>fold(ok -> "accepted", bad -> bad))
                        .contains(row.get(4)));
    }
}
