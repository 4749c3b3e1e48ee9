package dev.waggle.broker.host;

import static dev.waggle.broker.host.RunningHost.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waggle.broker.gateway.InboundPublish;
import dev.waggle.broker.gateway.ScriptedChat;
import dev.waggle.broker.gateway.direct.ClientBytes;
import dev.waggle.broker.gateway.direct.ClientBytes.Ask;
import dev.waggle.broker.gateway.direct.DirectGateway;
import dev.waggle.broker.gateway.direct.RawClient;
import dev.waggle.broker.gateway.memory.ServerPacket;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostBrokerTest {
    private static RunningHost host;
    private final ClientBytes mqtt5 = new ClientBytes(true);
    private final ClientBytes mqtt3 = new ClientBytes(false);

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        host = new RunningHost(folder);
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @BeforeEach
    void reset() {
        host.chat().reset();
    }

    @Test
    void connect_withoutTheRightPassword_isDenied() {
        try (RawClient stranger = new RawClient(host.broker().mqtt(), true)) {
            stranger.send(mqtt5.connect(Ask.of("ann.phone"), "guess"));
            assertThat(stranger.next()).isEqualTo(new ServerPacket.Connack(0x87, false, null));
            assertThat(stranger.next()).isEqualTo(new ServerPacket.Closed());
        }
        assertThat(host.chat().talks()).isEmpty();
    }

    @Test
    void connect_withMqtt31_isRefusedAsUnsupported() {
        try (RawClient old = new RawClient(host.broker().mqtt(), false)) {
            ClientBytes.Body body = new ClientBytes.Body().text("MQIsdp");
            body.write(3);
            body.write(0xC2);
            body.number(60).text("ann.phone").text("ann").text("secret");
            old.send(ClientBytes.packet(0x10, body));
            assertThat(old.next()).isEqualTo(new ServerPacket.Connack(1, false, null));
            assertThat(old.next()).isEqualTo(new ServerPacket.Closed());
        }
    }

    @Test
    void connect_announcesTheLimits() throws Exception {
        MqttClient client = new MqttClient(uri("tcp", host.broker().mqtt()), "bob.phone", new MemoryPersistence());
        var token = client.connectWithResult(options("bob"));
        assertThat(token.getResponseProperties().getReceiveMaximum()).isEqualTo(64);
        assertThat(token.getResponseProperties().getMaximumPacketSize()).isEqualTo(1024 * 1024);
        client.disconnect();
        client.close();
    }

    @Test
    void publish_byPahoAtEachQos_isAnsweredByTheChat() throws Exception {
        MqttClient client = new MqttClient(uri("tcp", host.broker().mqtt()), "bob.phone", new MemoryPersistence());
        client.connect(options("bob"));
        for (int qos = 0; qos <= 2; qos++) {
            client.publish("u/bob/out/d/ann", new byte[] {1}, qos, false);
        }
        client.disconnect();
        client.close();
        assertThat(host.chat().last().publishes).extracting(InboundPublish::qos).containsExactly(0, 1, 2);
        assertThat(host.chat().last().events()).anyMatch(event -> event.startsWith("released"));
    }

    @Test
    void webSocket_withPaho3_carriesPublishesAndDeliveries() throws Exception {
        var client = new org.eclipse.paho.client.mqttv3.MqttClient(
                uri("ws", host.broker().webSocket()) + "/mqtt", "cat.phone", null);
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setUserName("cat");
        options.setPassword("secret".toCharArray());
        client.connect(options);
        var got = new CopyOnWriteArrayList<String>();
        client.subscribe("u/cat/#", 1, (topic, message) -> got.add(topic + " " + message));
        client.publish("u/cat/out/d/ann", new byte[] {1}, 1, false);
        host.chat().last().send(ScriptedChat.delivery("u/cat/in/d/ann/ann/1/2", "yo", 1030));
        await().atMost(PATIENCE).until(() -> host.chat().last().events().contains("acknowledged 1030"));
        assertThat(got).containsExactly("u/cat/in/d/ann/ann/1/2 yo");
        client.disconnect();
        client.close();
    }

    @Test
    void drain_tellsMqtt5ClientsThatTheServerShutsDown(@TempDir Path folder) throws Exception {
        try (RunningHost other = new RunningHost(folder);
                RawClient new5 = new RawClient(other.broker().mqtt(), true);
                RawClient old = new RawClient(other.broker().mqtt(), false)) {
            assertThat(new5.send(mqtt5.connect(Ask.of("ann.phone"))).next()).isInstanceOf(ServerPacket.Connack.class);
            assertThat(old.send(mqtt3.connect(Ask.of("bob.phone"))).next()).isInstanceOf(ServerPacket.Connack.class);
            var drained = other.broker().drain().toCompletableFuture();
            assertThat(new5.next()).isEqualTo(new ServerPacket.Disconnected(0x8B, "server shutting down"));
            assertThat(new5.next()).isEqualTo(new ServerPacket.Closed());
            assertThat(old.next()).isEqualTo(new ServerPacket.Closed());
            await().atMost(PATIENCE).until(drained::isDone);
            assertThat(other.chat().talks())
                    .allSatisfy(talk -> assertThat(talk.events()).contains("closed"));
        }
    }

    @Test
    void connect_beforeOpenOrAfterDrain_isClosedWithoutAnAnswer(@TempDir Path folder) throws Exception {
        DirectGateway gateway = new DirectGateway(new ScriptedChat(), TestDoor::identity);
        HostBroker broker = HostBroker.start(RunningHost.settings(folder), TestDoor.extensions(), gateway);
        try (RawClient early = new RawClient(broker.mqtt(), true);
                RawClient early3 = new RawClient(broker.mqtt(), false);
                RawClient late = new RawClient(broker.mqtt(), true)) {
            assertThat(early.send(mqtt5.connect(Ask.of("ann.phone"))).next()).isEqualTo(new ServerPacket.Closed());
            assertThat(early3.send(mqtt3.connect(Ask.of("bob.phone"))).next()).isEqualTo(new ServerPacket.Closed());
            broker.open().toCompletableFuture().get(60, TimeUnit.SECONDS);
            broker.drain().toCompletableFuture().get(60, TimeUnit.SECONDS);
            assertThat(late.send(mqtt5.connect(Ask.of("cat.phone"))).next()).isEqualTo(new ServerPacket.Closed());
        } finally {
            broker.stop();
        }
    }

    @Test
    void start_withAPortTaken_saysWhich(@TempDir Path folder) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            HostSettings settings = new HostSettings(
                    folder, "127.0.0.1", 0, port, null, 64, 1024 * 1024, 512, Duration.ofDays(30), false);
            DirectGateway gateway = new DirectGateway(new ScriptedChat(), TestDoor::identity);
            assertThatThrownBy(() -> HostBroker.start(settings, TestDoor.extensions(), gateway))
                    .isInstanceOf(HostStartFailure.class)
                    .hasCauseInstanceOf(BindException.class)
                    .hasMessageContaining("webSocket")
                    .hasMessageContaining("port " + port);
        }
    }

    private static MqttConnectionOptions options(String user) {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName(user);
        options.setPassword("secret".getBytes());
        return options;
    }

    private static String uri(String scheme, InetSocketAddress server) {
        return scheme + "://127.0.0.1:" + server.getPort();
    }
}
