package dev.waggle.push.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waggle.push.Address;
import dev.waggle.push.Outcome;
import dev.waggle.push.Push;
import dev.waggle.push.Pushes;
import dev.waggle.push.doubles.TestCertificate;
import dev.waggle.push.endpoint.EndpointSender;
import dev.waggle.push.endpoint.Names;
import dev.waggle.push.endpoint.Reach;
import dev.waggle.push.json.PushJson;
import dev.waggle.push.webpush.VapidContact;
import dev.waggle.push.webpush.VapidKey;
import dev.waggle.push.webpush.WebPushProvider;
import dev.waggle.spec.Bytes;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Firefox subscribes with our key at a push service of the test; its own code decrypts what we send, and its
 * service worker shows it. Only in the Maven profile {@code browser}, which needs the program.
 */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserIT {
    private final SecureRandom random = new SecureRandom();
    private final VapidKey key = VapidKey.make(random);
    private EndpointSender sender;
    private PushServiceDouble service;
    private AppDouble app;
    private Firefox firefox;
    private Address.WebPush subscription;

    @BeforeAll
    void subscribe(@TempDir Path folder) throws Exception {
        TestCertificate tls = new TestCertificate(folder);
        sender = new EndpointSender(
                Reach.parse(List.of("127.0.0.1")).get(),
                Names.ofTheSystem(),
                tls.context().getSocketFactory(),
                () -> Pushes.NOW,
                Thread::new);
        service = new PushServiceDouble(tls);
        CompletableFuture<String> whenGreeted = service.greeted().thenApply(socket -> key.publicKey());
        app = new AppDouble(whenGreeted);
        firefox = new Firefox(Files.createDirectory(folder.resolve("firefox")), service.url(), app.url());

        JsonNode given = app.next("subscription");
        subscription = new Address.WebPush(
                URI.create(given.get("endpoint").asText()),
                decoded(given.at("/keys/p256dh").asText()),
                decoded(given.at("/keys/auth").asText()));
    }

    @AfterAll
    void stop() throws Exception {
        if (firefox != null) {
            firefox.close();
        }
        app.close();
        service.close();
        sender.close();
    }

    private static Bytes decoded(String base64) {
        return Bytes.wrap(Base64.getUrlDecoder().decode(base64));
    }

    private Outcome send(VapidKey signer, Address.WebPush to, Push push) throws Exception {
        WebPushProvider provider = new WebPushProvider(
                signer, VapidContact.parse("mailto:ops@chat.example.org").get(), sender, random, () -> Pushes.NOW);
        return provider.send(to, push).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void push_isDecryptedAndShown_andAcknowledged() throws Exception {
        assertThat(send(key, subscription, Pushes.full())).isEqualTo(new Outcome.Accepted("status 201"));
        JsonNode received = app.next("received");
        assertThat(received.get("push"))
                .isEqualTo(new ObjectMapper()
                        .readTree(new PushJson().write(Pushes.full(), out -> {}).shared()));
        assertThat(received.get("shown")).hasSize(1);
        assertThat(received.at("/shown/0/title").asText()).isEqualTo("Bob");
        assertThat(received.at("/shown/0/body").asText()).isEqualTo("Hello Alice");
        assertThat(service.acknowledged.poll(30, TimeUnit.SECONDS).get("code").asInt())
                .as("delivered to the service worker")
                .isEqualTo(100);
    }

    @Test
    void longestPush_isReceivedWhole_andReplacesTheOneOfItsThread() throws Exception {
        assertThat(send(key, subscription, Pushes.message("\uD83D\uDC1D".repeat(3_000))))
                .isInstanceOf(Outcome.Accepted.class);
        JsonNode received = app.next("received");
        assertThat(received.at("/push/body").asText()).matches("(\uD83D\uDC1D){900,}…");
        assertThat(received.get("shown")).hasSize(1);
        assertThat(received.at("/shown/0/title").asText()).isEqualTo("Waggle");
    }

    @Test
    void pushSignedWithAnotherKey_isRefused() throws Exception {
        assertThat(send(VapidKey.make(random), subscription, Pushes.full())).isInstanceOf(Outcome.Misconfigured.class);
    }

    @Test
    void pushToASubscriptionThatIsNoMore_isGone() throws Exception {
        Address.WebPush gone = new Address.WebPush(
                subscription.endpoint().resolve("/push/another"), subscription.key(), subscription.secret());
        assertThat(send(key, gone, Pushes.full())).isInstanceOf(Outcome.Gone.class);
    }
}
