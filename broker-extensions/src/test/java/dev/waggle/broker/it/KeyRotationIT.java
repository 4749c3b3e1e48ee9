package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.waggle.auth.jwt.LocalKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The local issuer's keys change under a running broker. */
class KeyRotationIT {
    private static final int NOT_AUTHORIZED = 0x87;

    @TempDir
    Path data;

    private static List<String> published(TestBroker broker) throws Exception {
        String set = new AccountCaller(broker)
                .get(broker.http() + "/.well-known/jwks.json", null)
                .body();
        return JWKSet.parse(set).getKeys().stream().map(key -> key.getKeyID()).toList();
    }

    private void rotate(boolean dropOld) {
        assertThat(LocalKeys.rotate(data, dropOld, Instant.now(), new SecureRandom())
                        .isOk())
                .isTrue();
    }

    @Test
    void rotated_whileItRuns_tokensOfBothAreGood_untilTheOldKeyIsDropped() throws Exception {
        try (TestBroker broker = new TestBroker(data);
                Device5 phone = new Device5(broker, "ann", "phone").connect();
                Device5 tablet = new Device5(broker, "ann", "tablet")) {
            String old = broker.token("ann", "watch");
            List<String> before = published(broker);
            rotate(false);

            tablet.connect();
            assertThat(tablet.connected())
                    .as("a token signed at once with the new key")
                    .isTrue();
            new Device5(broker, "ann", "watch").with(() -> old).connect().close();
            assertThat(phone.connected()).isTrue();
            assertThat(published(broker)).hasSize(2).containsAll(before);

            rotate(true);
            await().atMost(Duration.ofSeconds(3))
                    .untilAsserted(() -> assertThat(phone.disconnects).contains(NOT_AUTHORIZED));
            RevocationIT.assertRefused(new Device5(broker, "ann", "watch").with(() -> old));
            assertThat(phone.connect().sessionPresent()).as("with a new token").isTrue();
            assertThat(published(broker)).hasSize(1).doesNotContainAnyElementsOf(before);
        }
    }

    @Test
    void started_withAKeyThatIsDue_publishesTheNext_andGoesOnSigningWithTheOld() throws Exception {
        ECKey old = new ECKeyGenerator(Curve.P_256)
                .keyID("old")
                .issueTime(Date.from(Instant.now().minus(Duration.ofDays(100))))
                .generate();
        Path file = Files.createFile(
                data.resolve(LocalKeys.FILE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, new JWKSet(old).toString(false));
        try (TestBroker broker = new TestBroker(data);
                Device5 phone = new Device5(broker, "ann", "phone").connect()) {
            assertThat(phone.connected()).isTrue();
            assertThat(published(broker)).hasSize(2).startsWith("old");
            assertThat(LocalKeys.open(data, new SecureRandom()).get().told(Instant.now()))
                    .extracting(LocalKeys.Described::state)
                    .satisfiesExactly(
                            signs -> assertThat(signs).startsWith("signs since"),
                            next -> assertThat(next).startsWith("signs from"));
        }
    }
}
