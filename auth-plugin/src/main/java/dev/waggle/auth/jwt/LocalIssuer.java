package dev.waggle.auth.jwt;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

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
    private final JWSHeader header;
    private final JWSSigner signer;

    /** @param name {@code iss} */
    public LocalIssuer(LocalKeys keys, String name, InstantSource clock, SecureRandom random) {
        this.name = name;
        this.clock = clock;
        this.random = random;
        this.header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType(TrustedIssuer.ACCESS_TOKEN))
                .keyID(keys.signing().getKeyID())
                .build();
        try {
            this.signer = new ECDSASigner(keys.signing());
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
        String signed = header.toBase64URL() + "."
                + Base64URL.encode(claims(request, issuedAt).toString());
        try {
            return signed + "." + signer.sign(header, signed.getBytes(StandardCharsets.US_ASCII));
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
        claims.put("aud", AUDIENCE);
        if (request.device() != null) {
            claims.put("device_id", request.device().value());
        }
        claims.putArray("roles").add(RoleName.of(request.role()));
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
