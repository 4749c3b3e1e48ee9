package dev.waggle.push.doubles;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.DefaultHttp2SettingsFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that speaks HTTP/2 over TLS by ALPN, and does to each request what the test wants. */
public final class Http2Double implements AutoCloseable {
    private static final int CANCEL = 8;

    /**
     * One request, whole.
     *
     * @param connection 1 for the first that was opened, and so on
     */
    public record Request(int connection, String path, Map<String, String> headers, String body) {}

    /** What is done to a request. */
    public sealed interface Reply {
        record Answer(int status, Map<String, String> headers, String body) implements Reply {}

        /** Nothing ever comes. */
        record Hang() implements Reply {}

        /** RST_STREAM. */
        record Reset() implements Reply {}

        /** The connection ends, with a reason in GOAWAY. */
        record GoAway(String reason) implements Reply {}

        /** The connection is cut. */
        record Cut() implements Reply {}

        static Reply answer(int status, String body) {
            return new Answer(status, Map.of(), body);
        }
    }

    /** Decides; on the double's thread. */
    @FunctionalInterface
    public interface Script {
        Reply reply(Request request) throws Exception;
    }

    private final NioEventLoopGroup eventLoop = new NioEventLoopGroup(1, new DefaultThreadFactory("double", true));
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final AtomicInteger opened = new AtomicInteger();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final SslContext tls;
    private final Http2Settings settings;
    private final Script script;
    private final Channel listening;

    /** @param settings told at the beginning of each connection */
    public Http2Double(TestCertificate certificate, Http2Settings settings, Script script) throws Exception {
        this.settings = settings;
        this.script = script;
        tls = SslContextBuilder.forServer(certificate.key(), certificate.certificate())
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        "h2"))
                .build();
        listening = new ServerBootstrap()
                .group(eventLoop)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel);
                    }
                })
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
    }

    private void accept(Channel channel) {
        int number = opened.incrementAndGet();
        connections.add(channel);
        channel.pipeline()
                .addLast(tls.newHandler(channel.alloc()))
                .addLast(Http2FrameCodecBuilder.forServer()
                        .initialSettings(settings)
                        .gracefulShutdownTimeoutMillis(0)
                        .build())
                .addLast(new Http2MultiplexHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel stream) {
                        stream.pipeline().addLast(new Exchange(number));
                    }
                }));
    }

    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /** Connections that were opened so far. */
    public int opened() {
        return opened.get();
    }

    /** In the order in which they came. */
    public List<Request> requests() {
        return requests;
    }

    /** Allows so many requests at one time on all connections from now on. */
    public void allowStreams(int most) {
        connections.forEach(channel -> channel.pipeline()
                .writeAndFlush(new DefaultHttp2SettingsFrame(new Http2Settings().maxConcurrentStreams(most))));
    }

    @Override
    public void close() {
        if (eventLoop.isShuttingDown()) {
            return;
        }
        listening.close().syncUninterruptibly();
        connections.close().syncUninterruptibly();
        eventLoop.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class Exchange extends SimpleChannelInboundHandler<Http2StreamFrame> {
        private final int connection;
        private final ByteBuf body = Unpooled.buffer();
        private Http2Headers headers = new DefaultHttp2Headers();

        Exchange(int connection) {
            this.connection = connection;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext stream, Http2StreamFrame frame) throws Exception {
            boolean whole = false;
            if (frame instanceof Http2HeadersFrame head) {
                headers = head.headers();
                whole = head.isEndStream();
            } else if (frame instanceof Http2DataFrame data) {
                body.writeBytes(data.content());
                whole = data.isEndStream();
            }
            if (whole) {
                Map<String, String> fields = new HashMap<>();
                headers.forEach(field ->
                        fields.put(field.getKey().toString(), field.getValue().toString()));
                Request request = new Request(
                        connection, headers.path().toString(), fields, body.toString(StandardCharsets.UTF_8));
                requests.add(request);
                reply(stream, script.reply(request));
            }
        }

        private void reply(ChannelHandlerContext stream, Reply reply) {
            Channel link = stream.channel().parent();
            if (reply instanceof Reply.Answer answer) {
                Http2Headers head = new DefaultHttp2Headers().status(Integer.toString(answer.status()));
                answer.headers().forEach(head::add);
                stream.write(new DefaultHttp2HeadersFrame(head, answer.body().isEmpty()));
                if (!answer.body().isEmpty()) {
                    stream.write(new DefaultHttp2DataFrame(text(answer.body()), true));
                }
                stream.flush();
            } else if (reply instanceof Reply.Reset) {
                stream.writeAndFlush(new DefaultHttp2ResetFrame(CANCEL));
            } else if (reply instanceof Reply.GoAway away) {
                link.pipeline().writeAndFlush(new DefaultHttp2GoAwayFrame(0, text(away.reason())));
            } else if (reply instanceof Reply.Cut) {
                link.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext stream, Throwable cause) {
            // A client that went away; and what a script finds wrong is told like this.
            stream.writeAndFlush(new DefaultHttp2HeadersFrame(
                    new DefaultHttp2Headers().status("500").add("x-double", String.valueOf(cause)), true));
        }
    }

    private static ByteBuf text(String text) {
        return ByteBufUtil.writeUtf8(ByteBufAllocator.DEFAULT, text);
    }
}
