package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waggle.broker.Endpoints;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.broker.tls.TlsFiles;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MQTT, WebSocket and HTTP with TLS, client certificates, and a certificate renewed under a running broker. */
class TlsIT {
    @TempDir
    Path folder;

    private Path certificateFile;
    private Path keyFile;
    private TestCertificate first;
    private TestBroker broker;

    @BeforeEach
    void make() throws Exception {
        certificateFile = folder.resolve("cert.pem");
        keyFile = folder.resolve("key.pem");
        first = new TestCertificate(folder, "first", "EC");
        install(first);
    }

    @AfterEach
    void stop() {
        if (broker != null) {
            broker.close();
        }
    }

    private void install(TestCertificate certificate) throws Exception {
        certificate.writeKey(keyFile);
        certificate.writeCertificate(certificateFile);
    }

    private Endpoints.Secure start(Path clientAuthorities, boolean required) throws Exception {
        broker = new TestBroker(WaggleConfig.onFreePorts(folder.resolve("data"))
                .withTls(new WaggleConfig.Tls(
                        new TlsFiles(certificateFile, keyFile, clientAuthorities), required, "127.0.0.1", 0, 0, 0)));
        return broker.endpoints().secure();
    }

    private MqttClient connect(String uri, SSLContext tls) throws Exception {
        MqttClient client = new MqttClient(uri, "alice.phone", new MemoryPersistence());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName("alice");
        options.setPassword(broker.token("alice", "phone").getBytes(StandardCharsets.US_ASCII));
        options.setSocketFactory(tls.getSocketFactory());
        options.setConnectionTimeout(10);
        client.connect(options);
        return client;
    }

    private static void talk(MqttClient client) throws Exception {
        client.publish("u/alice/out/d/bob", "hello".getBytes(StandardCharsets.UTF_8), 1, false);
        client.disconnect();
        client.close();
    }

    @Test
    void everyDoor_talksTls() throws Exception {
        Endpoints.Secure at = start(null, false);
        SSLContext tls = TestCertificate.client(List.of(first.certificate()), null);

        talk(connect("ssl://" + at.mqtt(), tls));
        talk(connect("wss://" + at.ws() + "/mqtt", tls));
        HttpResponse<String> answer = HttpClient.newBuilder()
                .sslContext(tls)
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create("https://" + at.http() + "/v1/call/history"))
                                .header("Authorization", "Bearer " + broker.token("alice", "phone"))
                                .POST(HttpRequest.BodyPublishers.ofString("{\"conv\":\"d/bob\"}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"seq\":2");
    }

    @Test
    void renewedCertificate_isServedWithoutRestart_andLiveConnectionsStay() throws Exception {
        Endpoints.Secure at = start(null, false);
        TestCertificate second = new TestCertificate(folder, "second", "RSA");
        SSLContext both = TestCertificate.client(List.of(first.certificate(), second.certificate()), null);
        MqttClient early = connect("ssl://" + at.mqtt(), both);

        install(second);

        await().atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    assertThat(served(both, at.mqtt())).isEqualTo(second.certificate());
                    assertThat(served(both, at.http())).isEqualTo(second.certificate());
                });
        talk(early);
    }

    private static X509Certificate served(SSLContext tls, Endpoints.Endpoint at) throws Exception {
        try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(at.host(), at.port())) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    @Test
    void requiredClientCertificate_isAskedFor() throws Exception {
        TestCertificate mine = new TestCertificate(folder, "client", "EC");
        Path authorities = folder.resolve("clients.pem");
        mine.writeCertificate(authorities);
        Endpoints.Secure at = start(authorities, true);
        List<X509Certificate> server = List.of(first.certificate());

        assertThatThrownBy(() -> connect("ssl://" + at.mqtt(), TestCertificate.client(server, null)))
                .isNotNull();
        talk(connect("ssl://" + at.mqtt(), TestCertificate.client(server, mine)));
    }
}
