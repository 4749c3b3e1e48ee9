package dev.waggle.auth.jwt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import dev.waggle.auth.TopicGrant;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Signs tokens: JWT access tokens (RFC 9068, typ {@code at+jwt}) with ES256, 335 to about 450 characters for usual
 * names. Needs nothing but the key, so a command line makes tokens while the broker runs and before. Any thread.
 */
public final class LocalIssuer {
    /** {@code iss} unless the configuration names another. */
    public static final String DEFAULT_NAME = "waggle:local";

    /** {@code aud} of every token that the broker takes from the local issuer. */
    public static final String AUDIENCE = "waggle";

    private static final int TOKEN_ID_BYTES = 16;

    private final String name;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Supplier<LocalKeys> keys;
    /** Made for the key that signed last; another takes its place when its time comes. */
    private final AtomicReference<@Nullable Pen> last = new AtomicReference<>();

    /** @param name {@code iss} */
    public LocalIssuer(LocalKeys keys, String name, InstantSource clock, SecureRandom random) {
        this(() -> keys, name, clock, random);
    }

    /** @param keys asked for each token: the keys of now */
    public LocalIssuer(Supplier<LocalKeys> keys, String name, InstantSource clock, SecureRandom random) {
        this.keys = keys;
        this.name = name;
        this.clock = clock;
        this.random = random;
    }

    private record Pen(ECKey key, JWSHeader header, JWSSigner signer) {}

    private Pen pen() {
        ECKey key = keys.get().signing(Math.floorDiv(clock.millis(), 1000L));
        Pen before = last.get();
        if (before != null && before.key().equals(key)) {
            return before;
        }
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType(TrustedIssuer.ACCESS_TOKEN))
                .keyID(key.getKeyID())
                .build();
        try {
            Pen made = new Pen(key, header, new ECDSASigner(key));
            last.set(made);
            return made;
        } catch (JOSEException e) {
            throw new IllegalStateException("a key that was proved when it was read", e);
        }
    }

    /** One token; about 0.5 ms of a processor. */
    public String token(TokenRequest request) {
        return token(request, clock.millis());
    }

    /** @param issuedAt when it was decided that there may be one, Unix milliseconds: what is revoked later covers it */
    public String token(TokenRequest request, long issuedAt) {
        Pen pen = pen();
        String signed = pen.header().toBase64URL() + "."
                + Base64URL.encode(claims(request, issuedAt).toString());
        try {
            return signed + "." + pen.signer().sign(pen.header(), signed.getBytes(StandardCharsets.US_ASCII));
        } catch (JOSEException e) {
            throw new IllegalStateException("the key signed before", e);
        }
    }

    /** Many tokens, in the order of the requests, signed on all processors. */
    public List<String> tokens(List<TokenRequest> requests) {
        Stream<String> signed = requests.parallelStream().map(this::token);
        return signed.toList();
    }

    private ObjectNode claims(TokenRequest request, long nowMillis) {
        long issued = Math.floorDiv(nowMillis, 1000L);
        // Rounded up, or a token of 1 s would be worth less than it says; but never over the longest lifetime.
        long expires = Math.min(
                -Math.floorDiv(-(nowMillis + request.lifetime().toMillis()), 1000L),
                issued + TokenLifetime.MAX.toSeconds());
        ObjectNode claims = JsonNodeFactory.instance.objectNode();
        claims.put("iss", name);
        claims.put("sub", request.subject());
        if (request.derived()) {
            claims.put(Claims.DERIVED, true);
        }
        claims.put("aud", AUDIENCE);
        if (request.device() != null) {
            claims.put("device_id", request.device().value());
        }
        claims.putArray("roles").add(request.role().name());
        if (request.agent() != null) {
            claims.putObject("act").put("sub", request.agent().value());
        }
        List<TopicGrant> topics = request.topics();
        if (topics != null) {
            ArrayNode list = claims.putArray(ClaimRules.DEFAULT_TOPICS);
            topics.forEach(grant -> list.add(grant.text()));
        }
        claims.put("iat", issued);
        claims.put("exp", expires);
        claims.put("jti", tokenId());
        return claims;
    }

    private String tokenId() {
        byte[] bytes = new byte[TOKEN_ID_BYTES];
        random.nextBytes(bytes);
        return Base64URL.encode(bytes).toString();
    }
}
