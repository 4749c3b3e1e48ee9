package dev.waggle.broker.it;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** An issuer on the loopback address: metadata, a key set, tokens; it can rotate its keys and go down. */
final class IssuerServer implements AutoCloseable {
    final AtomicInteger fetches = new AtomicInteger();
    /** Requests for what a token's header names. */
    final AtomicInteger strays = new AtomicInteger();

    private final HttpServer server;
    private volatile String published;
    private volatile boolean down;

    IssuerServer(ECKey... keys) throws IOException {
        publish(keys);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/.well-known/openid-configuration",
                exchange -> answer(exchange, "{\"issuer\":\"" + name() + "\",\"jwks_uri\":\"" + name() + "/keys\"}"));
        server.createContext("/keys", exchange -> {
            fetches.incrementAndGet();
            answer(exchange, published);
        });
        server.createContext("/stray", exchange -> {
            strays.incrementAndGet();
            answer(exchange, published);
        });
        server.start();
    }

    static ECKey key(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code iss}. */
    String name() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void publish(ECKey... keys) {
        List<JWK> set = Stream.of(keys).<JWK>map(ECKey::toPublicJWK).toList();
        publish(new JWKSet(set).toString());
    }

    /** Any text as the key set. */
    void publish(String keySet) {
        published = keySet;
    }

    void down(boolean now) {
        down = now;
    }

    private void answer(HttpExchange exchange, String json) throws IOException {
        try (exchange) {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(down ? 503 : 200, down ? -1 : body.length);
            if (!down) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    String token(ECKey key, String subject) {
        return token(key, subject, claims -> {});
    }

    /** A good token but for one change. */
    String token(ECKey key, String subject, Consumer<JWTClaimsSet.Builder> change) {
        Instant now = Instant.now();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(name())
                .subject(subject)
                .audience("chat")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(600)))
                .claim("client_id", "the-app");
        change.accept(claims);
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(key.getKeyID())
                .build();
        SignedJWT token = new SignedJWT(header, claims.build());
        try {
            token.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
