package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.waggle.broker.config.ConfigReader;
import dev.waggle.broker.config.ConfigReading;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.broker.it.Attacker.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The attack list over MQTT, row by row, on one whole broker that must bear all of it: after each row somebody who was in
 * before is still there. The numbers T-xx are those of the table in auth-plugin/README.md.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttackIT {
    private static final int PINGRESP = 13;

    private IssuerServer issuer;
    private TestBroker broker;
    private Attacker bystander;
    private TokenAttacks tokens;
    private IssuerAttacks issuers;
    private SessionAttacks sessions;
    private TopicAttacks topics;
    private PacketAttacks packets;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        issuer = new IssuerServer();
        issuers = new IssuerAttacks(issuer);
        broker = new TestBroker(configured(folder));
        bystander = Attacker.in(broker, "bystander", "d");
        tokens = new TokenAttacks(broker, TokenForge.local(broker));
        sessions = new SessionAttacks(broker);
        topics = new TopicAttacks(broker);
        packets = new PacketAttacks(broker);
    }

    @AfterAll
    void stop() {
        assertThat(bystander.says(Attacker.publish("u/bystander/out/d/bob", 1, 1, 0)))
                .isEqualTo(Said.of(Attacker.PUBACK, 0));
        bystander.close();
        broker.close();
        issuer.close();
    }

    private WaggleConfig configured(Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("w.yaml"), """
                data: data
                listeners: {mqtt: {port: 0}, ws: {port: 0}}
                http: {port: 0}
                admin: {port: 0}
                limits: {devices: {perUser: 4}, calls: {burst: 1000}, sends: {burst: 1000}}
                topics:
                  rules:
                    - user publish|subscribe open/${user}/#
                    - service subscribe open/#
                issuers:
                  - issuer: %s
                    audience: chat
                """.formatted(issuer.name()));
        return new ConfigReader(folder, Map.of()).read(file, Map.of()).fold(ConfigReading.Accepted::config, refused -> {
            throw new AssertionError(refused);
        });
    }

    private Stream<DynamicTest> survived(Stream<DynamicTest> rows) {
        return rows.map(row -> dynamicTest(row.getDisplayName(), () -> {
            row.getExecutable().execute();
            assertThat(bystander.says(Attacker.packet(0xC0)).type())
                    .as("the bystander")
                    .isEqualTo(PINGRESP);
        }));
    }

    @TestFactory
    Stream<DynamicTest> token_signature() throws Exception {
        return survived(tokens.signatures());
    }

    @TestFactory
    Stream<DynamicTest> token_header() {
        return survived(tokens.headers());
    }

    @TestFactory
    Stream<DynamicTest> token_claim() {
        return survived(tokens.claims());
    }

    @TestFactory
    Stream<DynamicTest> token_text() {
        return survived(tokens.texts());
    }

    @TestFactory
    Stream<DynamicTest> token_subject() {
        return survived(tokens.subjects());
    }

    @TestFactory
    Stream<DynamicTest> issuer_keys() throws Exception {
        return survived(Stream.concat(issuers.keys(broker), issuers.unknownKeys(broker)));
    }

    @TestFactory
    Stream<DynamicTest> session_takeover() {
        return survived(sessions.takeovers());
    }

    @TestFactory
    Stream<DynamicTest> session_clientId() {
        return survived(sessions.clientIds());
    }

    @TestFactory
    Stream<DynamicTest> session_will() {
        return survived(sessions.wills());
    }

    @TestFactory
    Stream<DynamicTest> topic_filter() {
        return survived(topics.filters());
    }

    @TestFactory
    Stream<DynamicTest> topic_name() {
        return survived(topics.topics());
    }

    @TestFactory
    Stream<DynamicTest> topic_alias() {
        return survived(topics.aliases());
    }

    @TestFactory
    Stream<DynamicTest> packet_first() {
        return survived(Stream.concat(packets.firstPackets(), packets.stalled()));
    }

    @TestFactory
    Stream<DynamicTest> packet_later() {
        return survived(packets.packets());
    }

    @TestFactory
    Stream<DynamicTest> packet_authentication() {
        return survived(packets.authentication());
    }
}
