package dev.waggle.push.apns;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.pushy.apns.ApnsPushNotification;
import com.eatthepath.pushy.apns.PushType;
import com.eatthepath.pushy.apns.auth.ApnsVerificationKey;
import com.eatthepath.pushy.apns.server.MockApnsServer;
import com.eatthepath.pushy.apns.server.MockApnsServerBuilder;
import com.eatthepath.pushy.apns.server.ParsingMockApnsServerListenerAdapter;
import com.eatthepath.pushy.apns.server.RejectionReason;
import com.eatthepath.pushy.apns.server.ValidatingPushNotificationHandlerFactory;
import dev.waggle.push.Address;
import dev.waggle.push.Outcome;
import dev.waggle.push.Push;
import dev.waggle.push.Pushes;
import dev.waggle.push.doubles.TestCertificate;
import dev.waggle.push.guard.BreakerTerms;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The library's own double, which checks headers, tokens, topics and sizes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApnsMockServerTest {
    private static final String TOKEN = "ab".repeat(32);
    private static final String DEAD = "de".repeat(32);
    private static final Instant SINCE = Instant.parse("2025-12-01T00:00:00Z");

    private final List<ApnsPushNotification> accepted = new CopyOnWriteArrayList<>();
    private MockApnsServer server;
    private ApnsProvider provider;
    private ApnsProvider stranger;

    @BeforeAll
    void start(@TempDir Path folder, @TempDir Path elsewhere) throws Exception {
        TestCertificate certificate = new TestCertificate(folder);
        AppleAccount account = AppleAccount.in(folder);
        ApnsVerificationKey key = new ApnsVerificationKey(AppleAccount.KEY_ID, AppleAccount.TEAM_ID, (ECPublicKey)
                account.pair().getPublic());
        Set<String> topics = Set.of(AppleAccount.TOPIC, AppleAccount.VOIP);
        server = new MockApnsServerBuilder()
                .setServerCredentials(new X509Certificate[] {certificate.certificate()}, certificate.key(), null)
                .setUseAlpn(true)
                .setHandlerFactory(new ValidatingPushNotificationHandlerFactory(
                        Map.of(AppleAccount.TOPIC, Set.of(TOKEN), AppleAccount.VOIP, Set.of(TOKEN)),
                        Map.of(DEAD, SINCE),
                        Map.of(AppleAccount.KEY_ID, key),
                        Map.of(key, topics)))
                .setListener(new ParsingMockApnsServerListenerAdapter() {
                    @Override
                    public void handlePushNotificationAccepted(ApnsPushNotification notification) {
                        accepted.add(notification);
                    }

                    @Override
                    public void handlePushNotificationRejected(
                            ApnsPushNotification notification, RejectionReason reason, Instant since) {
                        // Its outcome is what the tests look at.
                    }
                })
                .build();
        int port = server.start(0).get(20, TimeUnit.SECONDS);
        provider = provider(account, certificate, port);
        stranger = provider(AppleAccount.in(elsewhere), certificate, port);
    }

    private static ApnsProvider provider(AppleAccount account, TestCertificate trusted, int port) {
        return new ApnsProvider(
                account.settings(trusted, port, port, ApnsSettings.LIMIT), BreakerTerms.USUAL, () -> Pushes.NOW);
    }

    @AfterAll
    void stop() throws Exception {
        provider.close();
        stranger.close();
        server.shutdown().get(20, TimeUnit.SECONDS);
    }

    private Outcome sent(String token, String topic, Push push) throws Exception {
        return provider.send(new Address.Apns(token, topic, false), push)
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    @Test
    void push_withAllThatCanBeSaid_passesTheChecks() throws Exception {
        accepted.clear();
        assertThat(sent(TOKEN, AppleAccount.TOPIC, Pushes.full())).isEqualTo(new Outcome.Accepted("accepted"));
        ApnsPushNotification seen = accepted.get(0);
        assertThat(seen.getApnsId()).isEqualTo(Pushes.ID);
        assertThat(seen.getCollapseId()).isEqualTo("t1");
        assertThat(seen.getPushType()).isEqualTo(PushType.ALERT);
        assertThat(seen.getExpiration())
                .isEqualTo(Instant.ofEpochMilli(Pushes.full().expiresAt()));
        assertThat(seen.getPayload()).contains("\"mutable-content\":1", "\"loc-key\":\"MESSAGE_FROM\"", "\"badge\":3");
    }

    @Test
    void largestPush_passesTheCheckOfSize() throws Exception {
        assertThat(sent(TOKEN, AppleAccount.TOPIC, Pushes.message("ä".repeat(10_000))))
                .isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void update_passesTheChecks() throws Exception {
        assertThat(sent(TOKEN, AppleAccount.TOPIC, Pushes.update())).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void device_thatIsGone_isGoneSince() throws Exception {
        assertThat(sent(DEAD, AppleAccount.TOPIC, Pushes.update()))
                .isEqualTo(new Outcome.Gone("Unregistered", SINCE.toEpochMilli()));
    }

    @Test
    void device_ofAnotherApp_isUnknown() throws Exception {
        assertThat(sent("cd".repeat(32), AppleAccount.TOPIC, Pushes.update()))
                .isEqualTo(new Outcome.Unknown("DeviceTokenNotForTopic"));
    }

    @Test
    void push_withTheKeyOfAnother_isForSomebodyToLookAt() throws Exception {
        assertThat(stranger.send(new Address.Apns(TOKEN, AppleAccount.TOPIC, false), Pushes.update())
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS))
                .isEqualTo(new Outcome.Misconfigured("InvalidProviderToken"));
    }
}
