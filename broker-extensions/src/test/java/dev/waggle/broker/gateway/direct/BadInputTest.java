package dev.waggle.broker.gateway.direct;

import static dev.waggle.broker.host.RunningHost.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waggle.broker.gateway.ScriptedChat;
import dev.waggle.broker.gateway.direct.ClientBytes.Ask;
import dev.waggle.broker.gateway.direct.ClientBytes.Body;
import dev.waggle.broker.gateway.memory.ServerPacket;
import dev.waggle.broker.gateway.memory.ServerPacket.Answered;
import dev.waggle.broker.gateway.memory.ServerPacket.Closed;
import dev.waggle.broker.gateway.memory.ServerPacket.Connack;
import dev.waggle.broker.host.RunningHost;
import dev.waggle.spec.message.Filter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What no client should say closes its own connection, with the right code, and nobody else's. */
class BadInputTest {
    private static RunningHost host;
    private final ClientBytes bytes = new ClientBytes(true);
    private RawClient bystander;
    private RawClient client;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        host = new RunningHost(folder);
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @BeforeEach
    void connect() {
        host.chat().reset();
        bystander = new RawClient(host.broker().mqtt(), true);
        bystander.send(bytes.connect(Ask.of("by.stander")));
        assertThat(bystander.next()).isInstanceOf(Connack.class);
        client = new RawClient(host.broker().mqtt(), true);
    }

    @AfterEach
    void bystanderIsStillServed() {
        client.close();
        bystander.send(bytes.publish(ScriptedChat.publish("u/by/out/d/bob", 1, 9)));
        assertThat(bystander.next()).isInstanceOf(Answered.class);
        bystander.close();
        await().atMost(PATIENCE)
                .until(() -> host.chat().talks().stream()
                        .allMatch(talk -> talk.events().contains("closed")));
    }

    private void connected() {
        client.send(bytes.connect(Ask.of("ann.phone")));
        assertThat(client.next()).isInstanceOf(Connack.class);
    }

    private void assertDisconnected(int code) {
        assertThat(client.next())
                .isInstanceOfSatisfying(
                        ServerPacket.Disconnected.class,
                        packet -> assertThat(packet.code()).isEqualTo(code));
        assertThat(client.next()).isEqualTo(new Closed());
    }

    @Test
    void garbage_closes() {
        byte[] garbage = new byte[64];
        Arrays.fill(garbage, (byte) 0xFF);
        client.send(garbage);
        assertThat(client.next()).isEqualTo(new Closed());
    }

    @Test
    void publish_beforeConnect_closes() {
        client.send(bytes.publish(ScriptedChat.publish("u/ann/out/d/bob", 1, 1)));
        assertThat(client.next()).isEqualTo(new Closed());
        assertThat(host.chat().talks()).hasSize(1);
    }

    @Test
    void publish_rightBehindConnect_waitsForTheConnack() {
        client.send(bytes.connect(Ask.of("ann.phone")), bytes.publish(ScriptedChat.publish("u/ann/out/d/bob", 1, 1)));
        assertThat(client.next()).isInstanceOf(Connack.class);
        assertThat(client.next()).isInstanceOf(Answered.class);
    }

    @Test
    void remainingLength_overThePacketLimit_isTooLarge() {
        connected();
        client.send(new byte[] {0x32, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F});
        assertDisconnected(0x95);
    }

    @Test
    void remainingLength_ofFiveBytes_isMalformed() {
        connected();
        client.send(new byte[] {0x32, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F});
        assertThat(client.next()).isEqualTo(new Closed());
    }

    @Test
    void connect_overThePacketLimit_isTooLarge() {
        client.send(
                new byte[] {0x10, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F},
                new byte[] {0, 4, 'M', 'Q', 'T', 'T', 5, 0, 0, 0});
        assertThat(client.next()).isEqualTo(new Connack(0x95, false, null));
        assertThat(client.next()).isEqualTo(new Closed());
    }

    @Test
    void topic_thatIsNotUtf8_isMalformed() {
        connected();
        Body body = new Body();
        body.number(3).writeBytes(new byte[] {'u', '/', (byte) 0xC0});
        body.number(5).write(0);
        client.send(ClientBytes.packet(0x32, body));
        assertDisconnected(0x81);
        assertThat(host.chat().last().publishes).isEmpty();
    }

    @Test
    void topic_withAWildcard_isInvalid() {
        connected();
        client.send(bytes.publish(ScriptedChat.publish("u/ann/#", 1, 1)));
        assertDisconnected(0x90);
        assertThat(host.chat().last().publishes).isEmpty();
    }

    @Test
    void packetId_zero_isAProtocolError() {
        connected();
        client.send(bytes.publish(ScriptedChat.publish("u/ann/out/d/bob", 1, 0)));
        assertDisconnected(0x82);
        assertThat(host.chat().last().publishes).isEmpty();
    }

    @Test
    void qos3_isMalformed() {
        connected();
        client.send(ClientBytes.packet(0x36, new Body().text("u/ann/out/d/bob").number(1)));
        assertDisconnected(0x81);
    }

    @Test
    void puback_unknownIds_areIgnored() {
        connected();
        client.send(bytes.puback(3), bytes.puback(1023), bytes.puback(1024), bytes.puback(65_535));
        client.send(bytes.publish(ScriptedChat.publish("u/ann/out/d/bob", 1, 1)));
        assertThat(client.next()).isInstanceOf(Answered.class);
    }

    @Test
    void pubrecAndPubcomp_forIdsOfTheChat_areIgnored() {
        connected();
        client.send(ClientBytes.packet(0x50, new Body().number(2000)));
        client.send(ClientBytes.packet(0x70, new Body().number(2000)));
        client.send(bytes.publish(ScriptedChat.publish("u/ann/out/d/bob", 1, 1)));
        assertThat(client.next()).isInstanceOf(Answered.class);
    }

    @Test
    void connect_twice_closes() {
        connected();
        client.send(bytes.connect(Ask.of("ann.phone")));
        assertThat(client.next()).isEqualTo(new Closed());
        await().atMost(PATIENCE).until(() -> host.chat().last().events().equals(List.of("open", "closed")));
    }

    @Test
    void subscribe_withoutFilters_isAProtocolError() {
        connected();
        client.send(ClientBytes.packet(0x82, new Body().number(4).sized(new Body())));
        assertDisconnected(0x82);
    }

    @Test
    void subscribe_thenGarbage_closesWhileItIsHeld() {
        host.chat().proceeding = false;
        connected();
        client.send(bytes.subscribe(4, List.of(Filter.of("u/ann/#", 1))), new byte[] {(byte) 0xF0, 1, 1});
        await().atMost(PATIENCE).until(() -> host.chat().last().events().contains("closed"));
        assertThat(host.chat().last().events()).containsExactly("open", "subscribe u/ann/#", "closed");
    }

    @Test
    void emptyClientId_isRefused() {
        client.send(bytes.connect(Ask.of("")));
        assertThat(client.next()).isEqualTo(new Connack(0x85, false, null));
        assertThat(client.next()).isEqualTo(new Closed());
    }
}
