package dev.waggle.broker.gateway.direct;

import com.hivemq.bootstrap.netty.ChannelDependencies;
import com.hivemq.bootstrap.netty.ChannelHandlerNames;
import com.hivemq.bootstrap.netty.ChannelInitializerFactoryImpl;
import com.hivemq.bootstrap.netty.initializer.AbstractChannelInitializer;
import com.hivemq.bootstrap.netty.initializer.TcpChannelInitializer;
import com.hivemq.bootstrap.netty.initializer.TlsTcpChannelInitializer;
import com.hivemq.bootstrap.netty.initializer.TlsWebsocketChannelInitializer;
import com.hivemq.bootstrap.netty.initializer.WebsocketChannelInitializer;
import com.hivemq.configuration.service.entity.TcpListener;
import com.hivemq.configuration.service.entity.TlsTcpListener;
import com.hivemq.configuration.service.entity.TlsWebsocketListener;
import com.hivemq.configuration.service.entity.WebsocketListener;
import com.hivemq.security.exception.SslException;
import com.hivemq.security.ssl.NonSslHandler;
import com.hivemq.security.ssl.SslFactory;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.util.function.Supplier;
import javax.inject.Provider;

/** The host's four kinds of pipeline, each with the chat's handler behind the message barrier. */
final class Pipelines extends ChannelInitializerFactoryImpl {
    static final String CHAT_HANDLER = "waggle_chat";

    private final ChannelDependencies dependencies;
    private final SslFactory ssl;
    private final Provider<NonSslHandler> nonSsl;
    private final Supplier<ChannelHandler> chat;

    Pipelines(HostInternals host, Supplier<ChannelHandler> chat) {
        super(host.channelDependencies(), host.sslFactory(), host.nonSslHandlers(), host.eventLog());
        this.dependencies = host.channelDependencies();
        this.ssl = host.sslFactory();
        this.nonSsl = host.nonSslHandlers();
        this.chat = chat;
    }

    private void addChat(Channel channel) {
        channel.pipeline().addAfter(ChannelHandlerNames.MQTT_MESSAGE_BARRIER, CHAT_HANDLER, chat.get());
    }

    @Override
    protected AbstractChannelInitializer createTcpInitializer(TcpListener listener) {
        return new TcpChannelInitializer(dependencies, listener, nonSsl) {
            @Override
            protected void addSpecialHandlers(Channel channel) {
                super.addSpecialHandlers(channel);
                addChat(channel);
            }
        };
    }

    @Override
    protected AbstractChannelInitializer createTlsTcpInitializer(TlsTcpListener listener) {
        ssl.verifySslAtBootstrap(listener, listener.getTls());
        return new TlsTcpChannelInitializer(dependencies, listener, ssl) {
            @Override
            protected void addSpecialHandlers(Channel channel) throws SslException {
                super.addSpecialHandlers(channel);
                addChat(channel);
            }
        };
    }

    @Override
    protected AbstractChannelInitializer createWebsocketInitializer(WebsocketListener listener) {
        return new WebsocketChannelInitializer(dependencies, listener, nonSsl) {
            @Override
            protected void addSpecialHandlers(Channel channel) {
                super.addSpecialHandlers(channel);
                addChat(channel);
            }
        };
    }

    @Override
    protected AbstractChannelInitializer createTlsWebsocketInitializer(TlsWebsocketListener listener) {
        ssl.verifySslAtBootstrap(listener, listener.getTls());
        return new TlsWebsocketChannelInitializer(dependencies, listener, ssl) {
            @Override
            protected void addSpecialHandlers(Channel channel) throws SslException {
                super.addSpecialHandlers(channel);
                addChat(channel);
            }
        };
    }
}
