package dev.waggle.broker.gateway.direct;

import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import com.hivemq.HiveMQInstance;
import com.hivemq.bootstrap.HiveMQNettyBootstrap;
import com.hivemq.bootstrap.netty.ChannelDependencies;
import com.hivemq.bootstrap.netty.ChannelInitializerFactory;
import com.hivemq.bootstrap.netty.NettyConfiguration;
import com.hivemq.logging.EventLog;
import com.hivemq.mqtt.handler.connack.MqttConnacker;
import com.hivemq.mqtt.handler.disconnect.MqttServerDisconnector;
import com.hivemq.persistence.clientsession.ClientSessionPersistence;
import com.hivemq.persistence.clientsession.ClientSessionSubscriptionPersistence;
import com.hivemq.persistence.clientsession.PendingWillMessages;
import com.hivemq.persistence.connection.ConnectionPersistence;
import com.hivemq.persistence.connection.ConnectionPersistenceImpl;
import com.hivemq.security.ssl.NonSslHandler;
import com.hivemq.security.ssl.SslFactory;
import io.netty.channel.ServerChannel;
import java.lang.reflect.Field;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeMap;
import javax.inject.Provider;

/**
 * The parts of a running host that the gateway uses, found by reflection and the host's own injector. Every miss throws
 * {@link HostMismatch} with the name of what is not there.
 */
final class HostInternals {
    private static final String BOOTSTRAP_FIELD = "nettyBootstrap";
    private static final String FACTORY_FIELD = "channelInitializerFactory";
    private static final String LISTENERS_FIELD = "serverChannelMap";

    private final Injector injector;
    private final HiveMQInstance instance;

    /** @param instance the one that will be started: it is no singleton of the injector */
    HostInternals(Injector injector, HiveMQInstance instance) {
        this.injector = injector;
        this.instance = instance;
    }

    HiveMQInstance instance() {
        return instance;
    }

    /** Makes every listener bound from now on start its connections with the pipelines of this factory. */
    void replacePipelines(ChannelInitializerFactory ours) {
        Object bootstrap = read(field(HiveMQInstance.class, BOOTSTRAP_FIELD), instance);
        Field factory = field(HiveMQNettyBootstrap.class, FACTORY_FIELD);
        try {
            factory.set(bootstrap, ours);
        } catch (IllegalAccessException | IllegalArgumentException e) {
            throw new HostMismatch("cannot set " + factory, e);
        }
        if (read(factory, bootstrap) != ours) {
            throw new HostMismatch(factory + " did not take the gateway's pipelines");
        }
    }

    ChannelDependencies channelDependencies() {
        return get(ChannelDependencies.class);
    }

    SslFactory sslFactory() {
        return get(SslFactory.class);
    }

    Provider<NonSslHandler> nonSslHandlers() {
        return () -> get(NonSslHandler.class);
    }

    EventLog eventLog() {
        return get(EventLog.class);
    }

    MqttConnacker connacker() {
        return get(MqttConnacker.class);
    }

    MqttServerDisconnector disconnector() {
        return get(MqttServerDisconnector.class);
    }

    ClientSessionPersistence sessions() {
        return get(ClientSessionPersistence.class);
    }

    PendingWillMessages pendingWills() {
        return get(PendingWillMessages.class);
    }

    ClientSessionSubscriptionPersistence subscriptions() {
        return get(ClientSessionSubscriptionPersistence.class);
    }

    /** Listeners that are really bound, by name. The host itself only logs those that are not. */
    Map<String, InetSocketAddress> listeners() {
        Object channels =
                read(field(ConnectionPersistenceImpl.class, LISTENERS_FIELD), get(ConnectionPersistence.class));
        if (!(channels instanceof Map<?, ?> byName)) {
            throw new HostMismatch(LISTENERS_FIELD + " is no map of listeners");
        }
        Map<String, InetSocketAddress> bound = new TreeMap<>();
        byName.forEach((name, listener) -> {
            if (listener instanceof ServerChannel channel
                    && channel.isActive()
                    && channel.localAddress() instanceof InetSocketAddress address) {
                bound.put(String.valueOf(name), address);
            }
        });
        return bound;
    }

    NettyConfiguration netty() {
        return get(NettyConfiguration.class);
    }

    private <T> T get(Class<T> type) {
        try {
            return injector.getInstance(Key.get(TypeLiteral.get(type)));
        } catch (RuntimeException e) {
            throw new HostMismatch("the host has no " + type.getName(), e);
        }
    }

    private static Field field(Class<?> owner, String name) {
        try {
            Field field = owner.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException | RuntimeException e) {
            throw new HostMismatch(owner.getName() + " has no usable field " + name, e);
        }
    }

    private static Object read(Field field, Object owner) {
        try {
            return field.get(owner);
        } catch (IllegalAccessException | IllegalArgumentException e) {
            throw new HostMismatch("cannot read " + field, e);
        }
    }
}
