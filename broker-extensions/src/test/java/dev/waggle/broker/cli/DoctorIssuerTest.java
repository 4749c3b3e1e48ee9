package dev.waggle.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code waggle doctor} fetches the keys of issuers as a broker would. */
class DoctorIssuerTest {
    /** The public key of RFC 7517, A.1. */
    private static final String KEYS = """
            {"keys":[{"kty":"EC","crv":"P-256","kid":"1","use":"sig",
              "x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
              "y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}]}
            """;

    @TempDir
    Path folder;

    private static HttpServer issuer(int status) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String name = name(server);
        server.createContext("/", exchange -> {
            String body = exchange.getRequestURI().getPath().equals("/keys")
                    ? KEYS
                    : "{\"issuer\":\"" + name + "\",\"jwks_uri\":\"" + name + "/keys\"}";
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String name(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Test
    void doctor_anIssuerThatAnswersAndOneThatDoesNot_eachHasItsLine() throws Exception {
        HttpServer good = issuer(200);
        HttpServer dead = issuer(503);
        try {
            Path file = Files.writeString(folder.resolve("w.yaml"), """
                    data: data
                    listeners: {mqtt: {port: 0}, ws: {port: 0}}
                    http: {port: 0}
                    admin: {port: 0}
                    issuers:
                      - {issuer: '%s', audience: chat}
                      - {issuer: '%s', audience: chat}
                    """.formatted(name(good), name(dead)));
            Shell shell = new Shell(folder);
            int code = shell.run("doctor", "--config", file.toString());
            assertThat(shell.out())
                    .containsPattern("ok +issuer +" + name(good) + ": 1 usable keys")
                    .containsPattern("wrong +issuer +" + name(dead) + ": .*503");
            assertThat(code).isEqualTo(1);
        } finally {
            good.stop(0);
            dead.stop(0);
        }
    }
}
