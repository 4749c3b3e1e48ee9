package dev.waggle.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.auth.Identity;
import dev.waggle.auth.Standings;
import dev.waggle.auth.Verdict;
import dev.waggle.auth.jwt.VerificationOutcomes.Outcome;
import dev.waggle.auth.jwt.keys.SignatureAlgorithm;
import dev.waggle.auth.jwt.keys.SigningKeys;
import dev.waggle.spec.UserIds;
import dev.waggle.spec.message.Actor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens of an external issuer: who they speak for, and the attack list with keys of every kind. */
class ExternalIssuerTest {
    private static final SigningKeys EC = SigningKeys.p256("ec");
    private static final SigningKeys EC384 = SigningKeys.elliptic("secp384r1", "ec384");
    private static final SigningKeys RSA = SigningKeys.rsa(2_048, "rsa");
    private static final SigningKeys ED = SigningKeys.ed25519("ed");
    private static final SigningKeys ATTACKER = SigningKeys.p256("ec");
    private static final LocalKeys LOCAL = Keys.local("k1");

    private final IssuerDouble issuer = new IssuerDouble();
    private final List<Outcome> outcomes = new ArrayList<>();
    private Instant now = Forge.NOW;
    private TrustedIssuers trusted;
    private JwtVerifier verifier = verifier(IssuerDouble.terms());

    ExternalIssuerTest() {
        issuer.published = SigningKeys.set(EC, EC384, RSA, ED);
    }

    private JwtVerifier verifier(ExternalIssuer... external) {
        TrustedIssuers.Builder builder = new TrustedIssuers.Builder(issuer, () -> now, (name, good) -> {})
                .local(LocalIssuer.DEFAULT_NAME, LOCAL, true);
        for (ExternalIssuer one : external) {
            builder.external(one);
        }
        trusted = builder.build();
        return new JwtVerifier(trusted, Runnable::run, () -> now, 100, Standings.UNREVOKED, outcomes::add);
    }

    private static ExternalIssuer terms(
            ExternalIssuer.Type type, Set<SignatureAlgorithm> algorithms, String user, String role) {
        ExternalIssuer usual = IssuerDouble.terms();
        return new ExternalIssuer(
                usual.name(),
                usual.audience(),
                usual.jwksUri(),
                type,
                algorithms,
                user,
                "dev",
                role,
                false,
                usual.longestLife(),
                usual.outage(),
                null);
    }

    private Verdict verify(String token) {
        return verifier.verify(token).toCompletableFuture().getNow(new Verdict.Denied(0, "no answer"));
    }

    private Identity granted(String token) {
        return verify(token).fold(identity -> identity, denied -> {
            throw new AssertionError(denied);
        });
    }

    private void refused(String token, int code, String reason) {
        Verdict verdict = verify(token);
        assertThat(verdict).isInstanceOf(Verdict.Denied.class);
        assertThat(((Verdict.Denied) verdict).reasonCode()).isEqualTo(code);
        assertThat(((Verdict.Denied) verdict).reason()).contains(reason).hasSizeLessThan(200);
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void verify_eachAlgorithm_granted(String algorithm, SigningKeys key) {
        assertThat(granted(IssuerDouble.token(algorithm, key)).user())
                .isEqualTo(UserIds.map(IssuerDouble.NAME, "auth0|alice", false).get());
        assertThat(outcomes).containsExactly(Outcome.GRANTED);
    }

    static Stream<Arguments> algorithms() {
        return Stream.of(
                arguments("ES256", EC),
                arguments("ES384", EC384),
                arguments("RS256", RSA),
                arguments("PS256", RSA),
                arguments("EdDSA", ED));
    }

    @Test
    void verify_subjectInTheFormOfAUserId_mappedAllTheSame() {
        Identity identity = granted(IssuerDouble.token(EC, c -> c.put("sub", "alice")));

        assertThat(identity.user().value())
                .as("the local alice is somebody else")
                .matches("x[a-z2-7]{26}");
        assertThat(identity.role()).isEqualTo(Actor.Role.USER);
        assertThat(identity.clientId()).as("RFC 9068: the OAuth client").isNull();
        assertThat(identity.device()).isNull();
        assertThat(identity.expiresAt()).isEqualTo((Forge.at(900) + 30) * 1000);
    }

    @Test
    void verify_claimsOfTheConfiguration_sayUserDeviceAndRole() {
        verifier = verifier(terms(
                ExternalIssuer.Type.ACCESS_TOKEN, EnumSet.of(SignatureAlgorithm.ES256), "preferred_username", "role"));
        Consumer<ObjectNode> named =
                c -> c.put("preferred_username", "al").put("dev", "phone").put("device_id", 7);

        Identity identity = granted(IssuerDouble.token(EC, c -> {
            named.accept(c);
            c.putArray("role").add("service");
        }));

        assertThat(identity.user())
                .isEqualTo(UserIds.map(IssuerDouble.NAME, "al", false).get());
        assertThat(identity.device()).hasToString("phone");
        assertThat(identity.role()).isEqualTo(Actor.Role.SERVICE);
        refused(IssuerDouble.token(EC, named), 0x87, "role must be an array");
        refused(IssuerDouble.token(EC, c -> c.putArray("role").add("user")), 0x87, "preferred_username must be text");
    }

    @Test
    void verify_rolesClaimThatNobodyConfigured_meansNothing() {
        assertThat(granted(IssuerDouble.token(EC, c -> c.putArray("roles").add("admin")))
                        .role())
                .as("T-16")
                .isEqualTo(Actor.Role.USER);
    }

    @Test
    void verify_noTokenId_granted() {
        assertThat(granted(IssuerDouble.token(EC, c -> c.remove("jti"))).tokenId())
                .startsWith("iat:" + Forge.at(0) + ":");
    }

    @Test
    void verify_typeJwt_onlyWithAMarkOfAccessTokens() {
        verifier = verifier(terms(ExternalIssuer.Type.JWT, EnumSet.of(SignatureAlgorithm.ES256), "sub", null));
        ObjectNode header = IssuerDouble.header("ES256", EC).put("typ", "JWT");
        ObjectNode bare = IssuerDouble.claims();
        bare.remove("client_id");
        ObjectNode keycloakId = IssuerDouble.claims().put("typ", "ID");

        assertThat(granted(IssuerDouble.token(header, IssuerDouble.claims(), "ES256", EC)))
                .isNotNull();
        refused(IssuerDouble.token(header, bare, "ES256", EC), 0x87, "must have one of");
        refused(IssuerDouble.token(header, bare.put("azp", "app"), "ES256", EC), 0x87, "must have one of");
        refused(IssuerDouble.token(header, keycloakId, "ES256", EC), 0x87, "id token");
        refused(IssuerDouble.token("ES256", EC), 0x87, "typ must be");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void verify_attack_refused(String attack, String token, String reason) {
        trusted.tick();
        refused(token, 0x87, reason);
        assertThat(outcomes).containsOnly(Outcome.REFUSED);
    }

    static Stream<Arguments> attacks() {
        ObjectNode claims = IssuerDouble.claims();
        return Stream.of(
                arguments("T-02 HS256 with the RSA key as secret", hmac(RSA), "alg must be"),
                arguments("T-02 HS256 with the EC key as secret", hmac(EC), "alg must be"),
                arguments("T-04 RS512 with a good key", IssuerDouble.token("RS512", RSA), "alg must be"),
                arguments("RS256 with the kid of an EC key", signedBy(RSA, "RS256", "ec"), "kid names no key"),
                arguments("ES256 with the kid of an RSA key", signedBy(EC, "ES256", "rsa"), "kid names no key"),
                arguments("ES256 with the kid of a P-384 key", signedBy(EC, "ES256", "ec384"), "kid names no key"),
                arguments("EdDSA with the kid of an EC key", signedBy(ED, "EdDSA", "ec"), "kid names no key"),
                arguments("PS256 header over an RS256 signature", relabelled(), "signature"),
                arguments("attacker's key with the same kid", IssuerDouble.token("ES256", ATTACKER), "signature"),
                arguments("T-11 EdDSA of zeros", zeros("EdDSA", ED, 64), "signature"),
                arguments("T-11 ES384 of zeros", zeros("ES384", EC384, 96), "signature"),
                arguments("RS256 of zeros", zeros("RS256", RSA, 256), "signature"),
                arguments(
                        "T-05 kid missing though there are several",
                        IssuerDouble.token(without(IssuerDouble.header("ES256", EC), "kid"), claims, "ES256", EC),
                        "kid names no key"),
                arguments(
                        "T-06 jwk of the attacker",
                        IssuerDouble.token(
                                IssuerDouble.header("ES256", ATTACKER).set("jwk", ATTACKER.jwk()),
                                claims,
                                "ES256",
                                ATTACKER),
                        "signature"),
                arguments(
                        "T-06 jku of the attacker",
                        IssuerDouble.token(
                                IssuerDouble.header("ES256", ATTACKER).put("jku", "https://evil.example/"),
                                claims,
                                "ES256",
                                ATTACKER),
                        "signature"),
                arguments(
                        "T-07 crit",
                        IssuerDouble.token(
                                IssuerDouble.header("ES256", EC).set("crit", IssuerDouble.json("[\"exp\"]")),
                                claims,
                                "ES256",
                                EC),
                        "crit"),
                arguments(
                        "typ JWT though access tokens are wanted",
                        IssuerDouble.token(IssuerDouble.header("ES256", EC).put("typ", "JWT"), claims, "ES256", EC),
                        "typ must be"),
                arguments(
                        "typ missing",
                        IssuerDouble.token(without(IssuerDouble.header("ES256", EC), "typ"), claims, "ES256", EC),
                        "typ must be"),
                arguments("aud other", IssuerDouble.token(EC, c -> c.put("aud", "other")), "aud must be"),
                arguments(
                        "aud of the local issuer", IssuerDouble.token(EC, c -> c.put("aud", "waggle")), "aud must be"),
                arguments("iss with a slash", IssuerDouble.token(EC, c -> c.put("iss", "https://id.example/")), "iss"),
                arguments(
                        "iss of the local issuer",
                        IssuerDouble.token(EC, c -> c.put("iss", LocalIssuer.DEFAULT_NAME)),
                        ""),
                arguments("T-13 sub number", IssuerDouble.token(EC, c -> c.put("sub", 7)), "sub must be text"),
                arguments("sub missing", IssuerDouble.token(EC, c -> c.remove("sub")), "sub must be text"),
                arguments("T-13 exp null", IssuerDouble.token(EC, c -> c.putNull("exp")), "exp and iat"),
                arguments("T-13 exp float", IssuerDouble.token(EC, c -> c.put("exp", 2e9)), "exp and iat"),
                arguments("exp 30 s ago", IssuerDouble.token(EC, c -> lived(c, -900, -30)), "expired"),
                arguments("life over 24 h", IssuerDouble.token(EC, c -> lived(c, 0, 86_401)), "by at most 86400 s"),
                arguments("iat 61 s ahead", IssuerDouble.token(EC, c -> lived(c, 61, 900)), "60 s ahead"),
                arguments("nbf 61 s ahead", IssuerDouble.token(EC, c -> c.put("nbf", Forge.at(61))), "not valid yet"),
                arguments("jti null", IssuerDouble.token(EC, c -> c.putNull("jti")), "jti must be"),
                arguments("id token: nonce", IssuerDouble.token(EC, c -> c.put("nonce", "n")), "id token"),
                arguments("device_id number", IssuerDouble.token(EC, c -> c.put("device_id", 1)), "device_id must"));
    }

    @Test
    void verify_clockTolerances_asStated() {
        granted(IssuerDouble.token(EC, c -> lived(c, -900, -29)));
        granted(IssuerDouble.token(EC, c -> lived(c, 60, 900)));
        granted(IssuerDouble.token(EC, c -> lived(c, 0, 86_400)));
    }

    @Test
    void verify_tokenOfTheLocalIssuer_stillGrantedAsItself() {
        assertThat(granted(new Forge(LOCAL).good()).user()).hasToString("alice");
        assertThat(issuer.fetches).isZero();
    }

    @Test
    void verify_keysThatWillNotLoad_letNobodyIn() {
        issuer.published = "no key set";
        refused(IssuerDouble.token("ES256", EC), 0x88, "cannot be had now");
        assertThat(trusted.problems()).singleElement().asString().contains(IssuerDouble.NAME);
        assertThat(outcomes).as("T-14").containsExactly(Outcome.KEYS_UNAVAILABLE);
        assertThat(granted(new Forge(LOCAL).good())).as("the others go on").isNotNull();
    }

    @Test
    void verify_rotation_noValidLoginRefused() {
        SigningKeys next = SigningKeys.p256("next");
        granted(IssuerDouble.token("ES256", EC));
        issuer.published = SigningKeys.set(EC, next);
        now = now.plusSeconds(30);

        granted(IssuerDouble.token("ES256", next));
        granted(IssuerDouble.token("ES256", EC));
        assertThat(issuer.fetches).as("T-10").isEqualTo(2);
        assertThat(outcomes).containsOnly(Outcome.GRANTED);
    }

    @Test
    void verify_knownTokenWhoseKeyWasTakenBack_refused() {
        String token = IssuerDouble.token("ES256", EC);
        granted(token);
        issuer.published = SigningKeys.set(RSA);
        now = now.plusSeconds(301);
        trusted.tick();

        refused(token, 0x87, "kid names no key");
    }

    @Test
    void verify_knownTokenAfterTheOutageTime_unavailable() {
        ExternalIssuer usual = IssuerDouble.terms();
        verifier = verifier(new ExternalIssuer(
                usual.name(),
                usual.audience(),
                usual.jwksUri(),
                usual.type(),
                usual.algorithms(),
                usual.userClaim(),
                usual.deviceClaim(),
                null,
                false,
                usual.longestLife(),
                Duration.ofMinutes(5),
                null));
        String token = IssuerDouble.token("ES256", EC);
        granted(token);
        issuer.published = null;

        now = now.plusSeconds(300);
        granted(token);
        granted(IssuerDouble.token(EC, c -> c.put("jti", "t2")));
        now = now.plusSeconds(1);
        refused(token, 0x88, "cannot be had now");
    }

    @Test
    void verify_badTokens_askForNoKeys() {
        trusted.tick();
        SigningKeys stranger = SigningKeys.p256("stranger");
        refused(IssuerDouble.token(stranger, c -> c.put("aud", "other")), 0x87, "aud");
        refused(IssuerDouble.token(stranger, c -> lived(c, -900, -60)), 0x87, "expired");
        assertThat(issuer.fetches).isEqualTo(1);
    }

    @Test
    void builder_secondRawIssuerOrSameName_refused() {
        ExternalIssuer usual = IssuerDouble.terms();
        ExternalIssuer raw = new ExternalIssuer(
                "https://other.example",
                usual.audience(),
                usual.jwksUri(),
                usual.type(),
                usual.algorithms(),
                "sub",
                "device_id",
                null,
                true,
                usual.longestLife(),
                usual.outage(),
                null);
        assertThatThrownBy(() -> verifier(raw)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> verifier(usual, usual)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void lived(ObjectNode claims, long iat, long exp) {
        claims.put("iat", Forge.at(iat)).put("exp", Forge.at(exp));
    }

    private static ObjectNode without(ObjectNode header, String member) {
        header.remove(member);
        return header;
    }

    private static String signedBy(SigningKeys key, String algorithm, String kid) {
        return IssuerDouble.token(
                IssuerDouble.header(algorithm, key).put("kid", kid), IssuerDouble.claims(), algorithm, key);
    }

    private static String relabelled() {
        return IssuerDouble.token(IssuerDouble.header("PS256", RSA), IssuerDouble.claims(), "RS256", RSA);
    }

    private static String zeros(String algorithm, SigningKeys key, int length) {
        return Forge.unsigned(
                IssuerDouble.header(algorithm, key).toString(),
                IssuerDouble.claims().toString(),
                new byte[length]);
    }

    private static String hmac(SigningKeys key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.jwk().toString().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            String text = Forge.encode(IssuerDouble.header("HS256", key).toString()) + "."
                    + Forge.encode(IssuerDouble.claims().toString());
            return text + "." + Forge.encode(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
