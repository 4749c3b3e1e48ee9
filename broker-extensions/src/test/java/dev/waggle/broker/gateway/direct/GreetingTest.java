package dev.waggle.broker.gateway.direct;

import static dev.waggle.broker.host.RunningHost.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.configuration.service.entity.TcpListener;
import com.hivemq.mqtt.message.connack.CONNACK;
import dev.waggle.broker.gateway.Delivery;
import dev.waggle.broker.gateway.Dialogue.Welcome;
import dev.waggle.broker.gateway.ScriptedChat;
import dev.waggle.broker.gateway.direct.ClientBytes.Ask;
import dev.waggle.broker.gateway.memory.ServerPacket;
import dev.waggle.broker.gateway.memory.ServerPacket.Answered;
import dev.waggle.broker.gateway.memory.ServerPacket.Closed;
import dev.waggle.broker.gateway.memory.ServerPacket.Connack;
import dev.waggle.broker.gateway.memory.ServerPacket.Delivered;
import dev.waggle.broker.gateway.memory.ServerPacket.Suback;
import dev.waggle.broker.host.RunningHost;
import dev.waggle.spec.message.Filter;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing reaches a client before its CONNACK, wherever that is held and whoever speaks. */
class GreetingTest {
    private static final Welcome.In KNOWN = new Welcome.In(true, 0, List.of());
    private static final Delivery OURS = ScriptedChat.delivery("u/ann/in/d/bob/bob/1/2", "yo", 1024);
    private static final Queue<Waiting> held = new ConcurrentLinkedQueue<>();
    private static RunningHost host;
    private static Channel holding;
    private final ClientBytes bytes = new ClientBytes(true);

    /** Between the chat and the socket: keeps each CONNACK until the test lets it go. */
    private static final class Holder extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext ctx, Object packet, ChannelPromise promise) {
            if (packet instanceof CONNACK) {
                held.add(new Waiting(ctx, packet, promise));
            } else {
                ctx.write(packet, promise);
            }
        }
    }

    private record Waiting(ChannelHandlerContext ctx, Object packet, ChannelPromise promise) {
        void letGo() {
            ctx.executor().execute(() -> ctx.writeAndFlush(packet, promise));
        }

        void fail() {
            ctx.executor().execute(() -> promise.setFailure(new IOException("on purpose")));
        }
    }

    private static final class Held extends ChatHandler {
        Held() {
            super(host.gateway(), new Farewell(host.gateway().installed()));
        }

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            super.handlerAdded(ctx);
            ctx.pipeline().addBefore(ctx.name(), "holder", new Holder());
        }
    }

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        host = new RunningHost(folder);
        HostInternals internals = host.gateway().installed();
        TcpListener listener = new TcpListener(0, "127.0.0.1", "holding");
        holding = new ServerBootstrap()
                .group(
                        internals.netty().getParentEventLoopGroup(),
                        internals.netty().getChildEventLoopGroup())
                .channel(internals.netty().getServerSocketChannelClass())
                .childHandler(new Pipelines(internals, Held::new).getChannelInitializer(listener))
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
    }

    @AfterAll
    static void stop() throws Exception {
        holding.close().sync();
        host.close();
    }

    @BeforeEach
    void reset() {
        host.chat().reset();
        held.clear();
    }

    private RawClient connect(InetSocketAddress door, Ask ask) {
        RawClient client = new RawClient(door, true);
        client.send(bytes.connect(ask));
        return client;
    }

    private RawClient connect(Ask ask) {
        return connect(host.broker().mqtt(), ask);
    }

    private RawClient connected(Ask ask) {
        RawClient client = connect(ask);
        assertThat(client.next()).isInstanceOf(Connack.class);
        return client;
    }

    /** Connects where CONNACKs are held; the dialogue has begun and is not open. */
    private RawClient opening(Ask ask) {
        host.chat().talks().clear();
        host.chat().welcome = null;
        RawClient client = connect((InetSocketAddress) holding.localAddress(), ask);
        await().atMost(PATIENCE).until(() -> !host.chat().talks().isEmpty());
        return client;
    }

    private void open() {
        host.chat().last().answer.accept(KNOWN);
        await().atMost(PATIENCE).until(() -> !held.isEmpty());
    }

    private void subscribeAndLeave(Ask ask, int qos) {
        host.chat().welcome = KNOWN;
        try (RawClient reader = connected(ask)) {
            reader.send(bytes.subscribe(1, List.of(Filter.of("news/#", qos))));
            assertThat(reader.next()).isEqualTo(new Suback(1));
            reader.send(bytes.disconnect(null));
            assertThat(reader.next()).isEqualTo(new Closed());
        }
    }

    @Test
    void deliveries_beforeTheConnackIsWritten_followIt() {
        Ask resuming = Ask.of("ann.phone").resuming(100);
        subscribeAndLeave(resuming, 1);
        try (RawClient writer = connected(Ask.of("bob.phone"))) {
            writer.send(bytes.publish(ScriptedChat.publish("news/queued", 1, 1)));
            assertThat(writer.next()).isInstanceOf(Answered.class);
            try (RawClient reader = opening(resuming)) {
                host.chat().last().send(OURS);
                writer.send(bytes.publish(ScriptedChat.publish("news/live", 1, 2)));
                assertThat(writer.next()).isInstanceOf(Answered.class);
                assertThat(reader.isSilent(200)).isTrue();
                open();
                host.chat().last().send(OURS);
                writer.send(bytes.publish(ScriptedChat.publish("news/later", 1, 3)));
                assertThat(writer.next()).isInstanceOf(Answered.class);
                assertThat(reader.isSilent(200)).isTrue();
                held.remove().letGo();
                assertThat(reader.next()).isEqualTo(new Connack(0, true, 0L));
                assertThat(List.of(reader.next(), reader.next(), reader.next(), reader.next(), reader.next()))
                        .extracting(packet -> ((Delivered) packet).delivery().topic())
                        .containsExactlyInAnyOrder(
                                "news/queued", "news/live", "news/later", OURS.topic(), OURS.topic());
            }
        }
    }

    @Test
    void pubrel_ofTheHost_followsTheConnack() {
        Ask resuming = Ask.of("cat.phone").resuming(100);
        subscribeAndLeave(resuming, 2);
        host.chat().welcome = KNOWN;
        try (RawClient writer = connected(Ask.of("bob.phone"));
                RawClient reader = connected(resuming)) {
            writer.send(bytes.publish(ScriptedChat.publish("news/today", 2, 1)), bytes.pubrel(1));
            int id = ((Delivered) reader.next()).delivery().packetId();
            reader.send(new byte[] {0x50, 2, (byte) (id >> 8), (byte) id});
            assertThat(reader.frame().header()).isEqualTo(0x62);
        }
        // A new message makes the host look for what is under way at once.
        try (RawClient writer = connected(Ask.of("bob.phone"));
                RawClient reader = opening(resuming)) {
            writer.send(bytes.publish(ScriptedChat.publish("news/live", 1, 2)));
            assertThat(writer.next()).isInstanceOf(Answered.class);
            assertThat(reader.isSilent(200)).isTrue();
            open();
            assertThat(reader.isSilent(200)).isTrue();
            held.remove().letGo();
            assertThat(reader.frame().header()).isEqualTo(0x20);
            assertThat(reader.frame().header()).isEqualTo(0x62);
        }
    }

    @Test
    void takeOver_beforeTheConnackIsSaid_closesTheOldWithoutAWord() {
        Ask taken = Ask.of("dan.phone");
        try (RawClient old = opening(taken)) {
            host.chat().welcome = KNOWN;
            try (RawClient young = connected(taken)) {
                assertThat(old.next()).isEqualTo(new Closed());
                host.chat().talks().get(0).answer.accept(KNOWN);
                young.send(bytes.publish(ScriptedChat.publish("u/ann/out/d/bob", 1, 3)));
                assertThat(young.next()).isInstanceOf(Answered.class);
            }
        }
        assertThat(held).isEmpty();
    }

    @Test
    void disconnect_whileTheConnackIsHeld_followsIt() {
        try (RawClient client = opening(Ask.of("eve.phone"))) {
            open();
            host.chat().last().connection.disconnect(0x98, "kicked");
            assertThat(client.isSilent(200)).isTrue();
            held.remove().letGo();
            assertThat(client.next()).isEqualTo(new Connack(0, true, 0L));
            assertThat(client.next()).isEqualTo(new ServerPacket.Disconnected(0x98, "kicked"));
            assertThat(client.next()).isEqualTo(new Closed());
        }
    }

    @Test
    void connack_whoseWriteFails_endsTheConnection() {
        try (RawClient client = opening(Ask.of("fay.phone"))) {
            host.chat().last().send(OURS);
            open();
            host.chat().last().send(OURS);
            held.remove().fail();
            assertThat(client.next()).isEqualTo(new Closed());
            await().atMost(PATIENCE).until(() -> host.chat().last().events().equals(List.of("open", "closed")));
        }
    }
}
