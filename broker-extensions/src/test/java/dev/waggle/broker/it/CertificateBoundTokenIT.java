package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import dev.waggle.broker.Endpoints;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.broker.tls.TlsFiles;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A token that names a client certificate (RFC 8705 §3) is of no use to who has only the token. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CertificateBoundTokenIT {
    private static final int NOT_AUTHORIZED = 0x87;

    private TestBroker broker;
    private TestCertificate mine;
    private TestCertificate others;
    private List<X509Certificate> server;
    private String bound;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        TestCertificate first = new TestCertificate(folder, "server", "EC");
        first.writeKey(folder.resolve("key.pem"));
        first.writeCertificate(folder.resolve("cert.pem"));
        server = List.of(first.certificate());
        mine = new TestCertificate(folder, "mine", "EC");
        others = new TestCertificate(folder, "others", "EC");
        mine.writeCertificate(folder.resolve("mine.pem"));
        others.writeCertificate(folder.resolve("others.pem"));
        Path authorities = folder.resolve("clients.pem");
        Files.writeString(
                authorities,
                Files.readString(folder.resolve("mine.pem")) + Files.readString(folder.resolve("others.pem")));
        broker = new TestBroker(WaggleConfig.onFreePorts(folder.resolve("data"))
                .withTls(new WaggleConfig.Tls(
                        new TlsFiles(folder.resolve("cert.pem"), folder.resolve("key.pem"), authorities),
                        false,
                        "127.0.0.1",
                        0,
                        0,
                        0)));
        bound = boundToken(mine.certificate());
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    /** As the local issuer would sign it, if it made such tokens. */
    private String boundToken(X509Certificate certificate) throws Exception {
        broker.token("alice", "phone"); // there is a key
        ECKey key = JWKSet.load(broker.data().resolve("local-issuer.jwks").toFile())
                .getKeys()
                .get(0)
                .toECKey();
        String thumbprint = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        long now = System.currentTimeMillis() / 1000;
        JWSObject token = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType("at+jwt"))
                        .keyID(key.getKeyID())
                        .build(),
                new Payload("""
                        {"iss":"waggle:local","aud":"waggle","sub":"alice","roles":["user"],"device_id":"phone",\
                        "iat":%d,"exp":%d,"jti":"bound","cnf":{"x5t#S256":"%s"}}""".formatted(now, now + 600, thumbprint)));
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }

    private void connect(String uri, TestCertificate shown) throws Exception {
        MqttClient client = new MqttClient(uri, "alice.phone", new MemoryPersistence());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setPassword(bound.getBytes(StandardCharsets.US_ASCII));
        if (!uri.startsWith("tcp")) {
            options.setSocketFactory(tls(shown).getSocketFactory());
        }
        options.setConnectionTimeout(10);
        options.setAutomaticReconnect(false);
        client.connect(options);
        client.publish("u/alice/out/d/bob", "hello".getBytes(StandardCharsets.UTF_8), 1, false);
        client.disconnect();
        client.close();
    }

    private SSLContext tls(TestCertificate shown) throws Exception {
        return TestCertificate.client(server, shown);
    }

    private void assertRefused(String uri, TestCertificate shown) {
        assertThatThrownBy(() -> connect(uri, shown))
                .isInstanceOfSatisfying(
                        MqttException.class,
                        refused -> assertThat(refused.getReasonCode()).isEqualTo(NOT_AUTHORIZED));
    }

    private int call(String uri, HttpClient client) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create(uri + "/v1/call/me"))
                                .header("Authorization", "Bearer " + bound)
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    @Test
    void withItsCertificate_good() throws Exception {
        Endpoints.Secure at = broker.endpoints().secure();

        connect("ssl://" + at.mqtt(), mine);
        connect("wss://" + at.ws() + "/mqtt", mine);
        assertThat(call(
                        "https://" + at.http(),
                        HttpClient.newBuilder().sslContext(tls(mine)).build()))
                .isEqualTo(200);
    }

    @Test
    void withAnotherCertificateOrNone_refused() throws Exception {
        Endpoints.Secure at = broker.endpoints().secure();

        assertRefused("ssl://" + at.mqtt(), others);
        assertRefused("ssl://" + at.mqtt(), null);
        assertRefused("wss://" + at.ws() + "/mqtt", null);
        assertRefused(broker.mqtt(), null);
        for (TestCertificate shown : new TestCertificate[] {others, null}) {
            assertThat(call(
                            "https://" + at.http(),
                            HttpClient.newBuilder().sslContext(tls(shown)).build()))
                    .isEqualTo(401);
        }
        assertThat(call(broker.http(), HttpClient.newHttpClient())).isEqualTo(401);
    }
}
