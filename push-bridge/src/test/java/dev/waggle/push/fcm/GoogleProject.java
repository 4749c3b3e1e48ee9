package dev.waggle.push.fcm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.push.doubles.FcmDouble;
import dev.waggle.push.doubles.TestCertificate;
import dev.waggle.push.http.ClientSender;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** A project of Firebase: a double of FCM, a key file for it, and a provider that uses both. */
public final class GoogleProject implements AutoCloseable {
    static final FcmDouble.GoogleAccount ACCOUNT =
            new FcmDouble.GoogleAccount("waggle@waggle-test.iam.gserviceaccount.com", "0123456789abcdef");

    private final ExecutorService executor = Executors.newFixedThreadPool(2);
    private final TestCertificate certificate;
    private final KeyPair pair;
    private final Path folder;
    private final InstantSource clock;
    private final FcmDouble google;

    /** @param pair of the service account: slow to make, so once for many */
    public GoogleProject(TestCertificate certificate, KeyPair pair, Path folder, InstantSource clock) throws Exception {
        this.certificate = certificate;
        this.folder = folder;
        this.clock = clock;
        this.pair = pair;
        google = new FcmDouble(certificate, ACCOUNT, pair.getPublic(), clock);
    }

    public static KeyPair pair() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2_048);
        return generator.generateKeyPair();
    }

    public FcmDouble google() {
        return google;
    }

    /** As the console gives it out. */
    public ObjectNode key() {
        return new ObjectMapper()
                .createObjectNode()
                .put("type", "service_account")
                .put("project_id", FcmDouble.PROJECT)
                .put("private_key_id", ACCOUNT.keyId())
                .put(
                        "private_key",
                        TestCertificate.pem("PRIVATE KEY", pair.getPrivate().getEncoded()))
                .put("client_email", ACCOUNT.email())
                .put("token_uri", google.tokenUri());
    }

    Path file(String content) throws Exception {
        return Files.writeString(folder.resolve("firebase.json"), content);
    }

    public FcmProvider provider(String key, Duration limit, InstantSource ours) throws Exception {
        return provider(file(key), limit, ours);
    }

    public FcmProvider provider(Path keyFile, Duration limit, InstantSource ours) throws Exception {
        return provider(keyFile, sender(limit, ours), ours);
    }

    public FcmProvider provider(Path keyFile, ClientSender sender, InstantSource ours) {
        // As with Google, another host than that of the tokens.
        URI endpoint = URI.create("https://127.0.0.1:" + google.server().port());
        return new FcmProvider(new FcmSettings(keyFile, endpoint), sender, ours);
    }

    ClientSender sender(Duration limit, InstantSource ours) throws Exception {
        SSLContext trusting = certificate.trusting();
        return new ClientSender(
                client -> client.sslContext(trusting), executor, ours, limit, FcmProvider.MOST_ANSWER_BYTES);
    }

    public FcmProvider provider() throws Exception {
        return provider(key().toString(), Duration.ofSeconds(10), clock);
    }

    @Override
    public void close() {
        google.close();
        executor.shutdownNow();
    }
}
