package dev.waggle.broker.gateway.direct;

import com.hivemq.configuration.service.entity.TcpListener;
import dev.waggle.auth.Identity;
import dev.waggle.broker.gateway.Acknowledgement;
import dev.waggle.broker.gateway.Connection;
import dev.waggle.broker.gateway.Delivery;
import dev.waggle.broker.gateway.Dialogue;
import dev.waggle.broker.gateway.InboundPublish;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Filter;
import dev.waggle.spec.message.MessageProperties;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalServerChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Plays one client through the host's real pipeline inside the process and both ends of it, on one event loop: what the
 * gateway relies on either happens in this order, or the test fails and names what did not.
 */
final class SelfTest implements Dialogue.Host {
    static final Identity IDENTITY = new Identity(
            new UserId("self-test"), null, null, null, Actor.Role.USER, "self-test", 0, Long.MAX_VALUE, "self-test");

    private static final long PAUSE_MILLIS = 20;
    private static final String CLIENT_ID = "waggle-self-test";
    private static final Delivery DELIVERY =
            new Delivery("u/self-test/in", Bytes.utf8("?"), 1, 1024, false, MessageProperties.NONE, List.of(), null);

    // Clean start, user name and password, keep alive 60 s, no properties.
    private static final byte[] CONNECT =
            packet(0x10, "\0\4MQTT\5\u00C2\0\74\0" + text(CLIENT_ID) + text("u") + text("p"));
    private static final byte[] CONNACK_USER_PROPERTY = latin("\46" + text("inbox") + text("7"));
    private static final byte[] PUBLISH = packet(0x32, text("u/self-test/out") + "\0\5\0hi");
    private static final byte[] PUBACK = packet(0x40, "\0\5\0\12\46" + text("seq") + text("42"));
    private static final byte[] PUBACK_1024 = packet(0x40, "\4\0");
    private static final byte[] SUBSCRIBE = packet(0x82, "\0\6\0" + text("u/self-test/#") + "\1");
    private static final byte[] BEHIND_SUBSCRIBE = packet(0x30, text("u/self-test/now") + "\0");
    private static final byte[] BEHIND_PAUSE = packet(0x30, text("u/self-test/now") + "\0");
    private static final byte[] DISCONNECT = packet(0xE0, "\0\5\21\0\0\0\0");

    private final Pipelines pipelines;
    private final EventLoop loop;
    private final long seconds;
    private final CompletableFuture<Void> outcome = new CompletableFuture<>();
    private @Nullable Channel server;
    private @Nullable Channel client;
    private @Nullable Channel accepted;
    private @Nullable Connection connection;
    private boolean proceeded;
    private boolean answered;
    private boolean paused;
    private boolean resumed;
    private String awaited = "the handler '" + Pipelines.CHAT_HANDLER + "' to see the CONNECT accepted";

    SelfTest(Pipelines pipelines, EventLoop loop, long seconds) {
        this.pipelines = pipelines;
        this.loop = loop;
        this.seconds = seconds;
    }

    CompletionStage<Void> run() {
        LocalAddress address = new LocalAddress(SelfTest.class);
        new ServerBootstrap()
                .group(loop)
                .channel(LocalServerChannel.class)
                .childHandler(pipelines.getChannelInitializer(new TcpListener(0, "in-process", SelfTestDoor.LISTENER)))
                .bind(address)
                .addListener((ChannelFutureListener) bound -> {
                    server = bound.channel();
                    connect(bound.isSuccess() ? bound.channel().localAddress() : address);
                });
        var unused = loop.schedule(() -> fail("did not happen in " + seconds + " s"), seconds, TimeUnit.SECONDS);
        return outcome.whenComplete((done, failure) -> {
            close(client);
            close(server);
        });
    }

    private void connect(java.net.SocketAddress address) {
        new Bootstrap()
                .group(loop)
                .channel(LocalChannel.class)
                .handler(new Listener())
                .connect(address)
                .addListener((ChannelFutureListener) connected -> {
                    client = connected.channel();
                    say(CONNECT);
                });
    }

    private static void close(@Nullable Channel channel) {
        if (channel != null) {
            var unused = channel.close();
        }
    }

    /** In a task of its own: a write from inside a read would wait for ever on a channel within the process. */
    private void say(byte[]... packets) {
        loop.execute(() -> {
            if (client != null) {
                var unused = client.writeAndFlush(Unpooled.wrappedBuffer(packets));
            }
        });
    }

    private void fail(String how) {
        outcome.completeExceptionally(new HostMismatch("in the self-test, " + awaited + " " + how));
    }

    private void require(boolean expected, String otherwise) {
        if (!expected) {
            fail(otherwise);
        }
    }

    void accepted(Channel channel) {
        accepted = channel;
    }

    @Override
    public Dialogue connected(Connection with) {
        connection = with;
        return new Script(with);
    }

    /** The client hears something. */
    private void heard(ByteBuf bytes) {
        byte[] packet = ByteBufUtil.getBytes(bytes);
        switch ((packet[0] & 0xFF) >> 4) {
            case 2 -> {
                require(packet[2] == 1, "should say Session Present");
                require(
                        ByteBufUtil.indexOf(Unpooled.wrappedBuffer(CONNACK_USER_PROPERTY), bytes) >= 0,
                        "should carry the user property 'inbox'");
                awaited = "the PUBLISH to reach the chat and its PUBACK the client";
                say(PUBLISH);
            }
            case 4 -> {
                requireSame(packet, PUBACK);
                awaited = "a delivery to reach the client and its PUBACK the chat";
                if (connection != null) {
                    connection.execute(this::deliver);
                }
            }
            case 3 -> {
                ByteBuf expected =
                        PublishBytes.encode(DELIVERY, true, accepted == null ? bytes.alloc() : accepted.alloc());
                requireSame(packet, ByteBufUtil.getBytes(expected));
                expected.release();
                say(PUBACK_1024);
            }
            case 9 -> answered = true;
            default -> fail("came out as " + ByteBufUtil.hexDump(packet));
        }
    }

    private void requireSame(byte[] packet, byte[] expected) {
        require(
                java.util.Arrays.equals(packet, expected),
                "came out as " + ByteBufUtil.hexDump(packet) + " instead of " + ByteBufUtil.hexDump(expected));
    }

    private void deliver() {
        if (connection != null) {
            connection.send(DELIVERY);
            connection.flush();
        }
    }

    /** What arrives at the client's end: one packet at a time, as the server flushes each by itself. */
    private final class Listener extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object bytes) {
            ByteBuf packet = (ByteBuf) bytes;
            try {
                heard(packet);
            } finally {
                packet.release();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            // Whatever else: without the dialogue's end there is no success.
            loop.execute(() -> fail("ended with a close"));
        }
    }

    /** The chat's end. */
    private final class Script implements Dialogue {
        private final Connection connection;
        private boolean subscribed;

        Script(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void open(Consumer<Welcome> answer) {
            awaited = "the CONNACK";
            answer.accept(new Welcome.In(true, 7, List.of(Filter.of("self-test/#", 1))));
        }

        @Override
        public boolean publish(InboundPublish publish) {
            if (publish.qos() == 1) {
                connection.acknowledge(new Acknowledgement(publish.packetId(), 1, 0, null, 42L));
                connection.flush();
            } else if (!proceeded || paused && !resumed) {
                fail("was overtaken by a PUBLISH");
            } else if (!paused) {
                pause();
            } else {
                require(answered, "had no SUBACK");
                awaited = "the DISCONNECT to reach the chat";
                say(DISCONNECT);
            }
            return true;
        }

        private void pause() {
            paused = true;
            awaited = "reading to pause";
            connection.pauseReading();
            say(BEHIND_PAUSE);
            if (accepted != null) {
                accepted.config().setAutoRead(true);
            }
            var unused = loop.schedule(
                    () -> {
                        awaited = "reading to go on";
                        resumed = true;
                        connection.resumeReading();
                    },
                    PAUSE_MILLIS,
                    TimeUnit.MILLISECONDS);
        }

        @Override
        public boolean acknowledged(int packetId) {
            require(packetId == DELIVERY.packetId(), "had the packet id " + packetId);
            awaited = "the SUBSCRIBE to reach the chat and its SUBACK the client";
            say(SUBSCRIBE, BEHIND_SUBSCRIBE);
            return true;
        }

        @Override
        public boolean released(int packetId) {
            return false;
        }

        @Override
        public void subscribe(List<Filter> filters, Consumer<List<Filter>> proceed) {
            require(!subscribed, "came twice");
            subscribed = true;
            connection.execute(() -> {
                awaited = "the PUBLISH behind the SUBSCRIBE to reach the chat";
                proceeded = true;
                proceed.accept(filters);
            });
        }

        @Override
        public void unsubscribe(List<String> topics, Runnable proceed) {}

        @Override
        public void disconnecting(@Nullable Long sessionExpirySeconds) {
            require(Long.valueOf(0).equals(sessionExpirySeconds), "named the expiry " + sessionExpirySeconds);
            awaited = "the end of the connection to reach the chat";
        }

        @Override
        public void writabilityChanged() {}

        @Override
        public void closed() {
            if (awaited.startsWith("the end of the connection")) {
                outcome.complete(null);
            }
        }
    }

    private static byte[] packet(int header, String body) {
        return latin((char) header + String.valueOf((char) body.length()) + body);
    }

    /** An MQTT string of less than 256 characters, its length in front. */
    private static String text(String text) {
        return "\0" + (char) text.length() + text;
    }

    private static byte[] latin(String bytes) {
        return bytes.getBytes(StandardCharsets.ISO_8859_1);
    }
}
