package dev.waggle.broker.gateway.direct;

import com.google.common.collect.ImmutableSet;
import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import com.hivemq.bootstrap.ClientConnectionContext;
import com.hivemq.extensions.client.parameter.ConnectionAttributes;
import com.hivemq.mqtt.message.ProtocolVersion;
import com.hivemq.mqtt.message.connect.Mqtt5CONNECT;
import dev.waggle.auth.Identity;
import dev.waggle.broker.gateway.Connection;
import dev.waggle.broker.gateway.Dialogue;
import dev.waggle.broker.gateway.Dialogue.Welcome;
import dev.waggle.broker.gateway.Dismissal;
import dev.waggle.broker.gateway.Profile;
import dev.waggle.spec.message.Filter;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The gateway to the chat inside one embedded host. Life: {@link #install} before the host binds its listeners;
 * {@link #verify} once it runs, then {@link #open} lets clients in; {@link #drain} before it stops.
 */
public final class DirectGateway {
    /** Connection attribute under which the authenticator leaves the identity. */
    public static final String IDENTITY_ATTRIBUTE = "waggle.identity";

    /** Takes 0.1 s; but a machine may be busy, and a start must not fail for that. */
    private static final long SELF_TEST_SECONDS = 30;

    private static final int SERVER_SHUTTING_DOWN = 0x8B;

    private final Dialogue.Host chat;
    private final Function<ByteBuffer, Identity> identities;
    private final Map<Channel, Connection> live = new ConcurrentHashMap<>();
    private volatile @Nullable HostInternals host;
    private volatile @Nullable Pipelines pipelines;
    private volatile @Nullable Wills wills;
    private volatile @Nullable SelfTest selfTest;
    private volatile boolean open;

    /**
     * @param chat starts the dialogue with each accepted client
     * @param identities reads what the authenticator left under {@link #IDENTITY_ATTRIBUTE}; may throw on bad bytes
     */
    public DirectGateway(Dialogue.Host chat, Function<ByteBuffer, Identity> identities) {
        this.chat = chat;
        this.identities = identities;
    }

    /**
     * Puts the chat's handler into every pipeline of the host, which must not have bound its listeners yet.
     *
     * @throws HostMismatch if the host is not the one this code was written for
     */
    public void install(HostProcess process) {
        HostInternals internals = process.internals();
        Farewell farewell = new Farewell(internals);
        Pipelines ours = new Pipelines(internals, () -> new ChatHandler(this, farewell));
        internals.replacePipelines(ours);
        host = internals;
        wills = new Wills(internals);
        pipelines = ours;
    }

    /** The host's bound listeners by name, with their real ports. */
    public Map<String, InetSocketAddress> listeners() {
        return installed().listeners();
    }

    /** Plays one client through the real pipeline, inside the process. Fails with {@link HostMismatch}. */
    public CompletionStage<Void> verify() {
        return verify(Objects.requireNonNull(pipelines, "the gateway is not installed"), SELF_TEST_SECONDS);
    }

    CompletionStage<Void> verify(Pipelines tested, long seconds) {
        EventLoop loop = installed().netty().getChildEventLoopGroup().next();
        SelfTest test = new SelfTest(tested, loop, seconds);
        selfTest = test;
        return test.run().whenComplete((done, failure) -> selfTest = null);
    }

    /** Lets clients in. */
    public void open() {
        open = true;
    }

    /** Lets nobody in any more and ends every connection; completes when the last dialogue was told. */
    public CompletionStage<Void> drain() {
        open = false;
        CompletableFuture<?>[] ends = live.entrySet().stream()
                .map(entry -> {
                    CompletableFuture<Void> closed = new CompletableFuture<>();
                    entry.getKey().closeFuture().addListener(done -> closed.complete(null));
                    entry.getValue().disconnect(SERVER_SHUTTING_DOWN, "server shutting down");
                    return closed;
                })
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(ends);
    }

    boolean accepts(Channel channel) {
        return open || isSelfTest(channel);
    }

    /** Why this client may not try now, or null. */
    Welcome.@Nullable Out admit(Channel channel) {
        return isSelfTest(channel) ? null : chat.admit(address(ClientConnectionContext.of(channel)));
    }

    /** A client was sent away. */
    void dismissed(Channel channel, boolean admitted, int reasonCode, String reason) {
        ClientConnectionContext client = ClientConnectionContext.of(channel);
        if (!isSelfTest(channel)) {
            chat.dismissed(new Dismissal(
                    admitted,
                    address(client),
                    Objects.requireNonNullElse(client.getClientId(), ""),
                    client.getProtocolVersion() == ProtocolVersion.MQTTv5,
                    reasonCode,
                    reason));
        }
    }

    private static String address(ClientConnectionContext client) {
        return client.getChannelIP().orElse("unknown");
    }

    private static boolean isSelfTest(Channel channel) {
        return ClientConnectionContext.of(channel)
                .getConnectedListener()
                .getName()
                .equals(SelfTestDoor.LISTENER);
    }

    /** Null if the authenticator left no readable identity: then nobody is let in. */
    @Nullable
    Profile profile(Channel channel, boolean cleanStart, boolean quiet) {
        ClientConnectionContext client = ClientConnectionContext.of(channel);
        Identity identity = identity(channel);
        String clientId = client.getClientId();
        if (identity == null || clientId == null) {
            return null;
        }
        return new Profile(
                identity,
                clientId,
                client.getProtocolVersion() == ProtocolVersion.MQTTv5,
                cleanStart,
                orElse(client.getClientSessionExpiryInterval(), 0),
                (int) orElse(asLong(client.getClientReceiveMaximum()), Mqtt5CONNECT.DEFAULT_RECEIVE_MAXIMUM),
                (int) orElse(client.getMaxPacketSizeSend(), Mqtt5CONNECT.DEFAULT_MAXIMUM_PACKET_SIZE_NO_LIMIT),
                !Boolean.FALSE.equals(client.getRequestProblemInformation()),
                quiet,
                address(client));
    }

    /** What the authenticator left, or null. */
    @Nullable
    Identity identity(Channel channel) {
        if (isSelfTest(channel)) {
            return SelfTest.IDENTITY;
        }
        ConnectionAttributes attributes = ClientConnectionContext.of(channel).getConnectionAttributes();
        ByteBuffer bytes =
                attributes == null ? null : attributes.get(IDENTITY_ATTRIBUTE).orElse(null);
        try {
            return bytes == null ? null : identities.apply(bytes);
        } catch (RuntimeException unreadable) {
            return null;
        }
    }

    Dialogue dialogue(Channel channel, Connection connection) {
        SelfTest test = selfTest;
        if (test != null && isSelfTest(channel)) {
            test.accepted(channel);
            return test.connected(connection);
        }
        live.put(channel, connection);
        return chat.connected(connection);
    }

    void ended(Channel channel) {
        live.remove(channel);
    }

    /**
     * Brings the host's session in line with the device record: what the record does not continue is forgotten, its
     * filters on ordinary topics are in force.
     */
    CompletionStage<?> restore(String clientId, boolean hostHasSession, Welcome.In welcome) {
        HostInternals internals = installed();
        CompletionStage<?> cleared = hostHasSession && !welcome.sessionPresent()
                ? stage(internals.sessions().cleanClientData(clientId))
                : CompletableFuture.completedStage(null);
        if (welcome.hostFilters().isEmpty()) {
            return cleared;
        }
        return cleared.thenCompose(done ->
                stage(internals.subscriptions().addSubscriptions(clientId, Packets.topics(welcome.hostFilters()))));
    }

    /** Ends some of the client's subscriptions in the host, and lowers the QoS of others. */
    CompletionStage<?> restrict(String clientId, List<String> ended, List<Filter> lowered) {
        HostInternals internals = installed();
        CompletionStage<?> done = ended.isEmpty()
                ? CompletableFuture.completedStage(null)
                : stage(internals.subscriptions().removeSubscriptions(clientId, ImmutableSet.copyOf(ended)));
        return lowered.isEmpty()
                ? done
                : done.thenCompose(removed ->
                        stage(internals.subscriptions().addSubscriptions(clientId, Packets.topics(lowered))));
    }

    Wills wills() {
        return Objects.requireNonNull(wills, "the gateway is not installed");
    }

    /** Takes back the wills of absent clients that have lost the right to them; to be called every second. */
    public void tick() {
        wills().tick();
    }

    HostInternals installed() {
        return Objects.requireNonNull(host, "the gateway is not installed");
    }

    private static <T> CompletionStage<T> stage(ListenableFuture<T> future) {
        CompletableFuture<T> stage = new CompletableFuture<>();
        Futures.addCallback(
                future,
                new FutureCallback<T>() {
                    @Override
                    public void onSuccess(T result) {
                        stage.complete(result);
                    }

                    @Override
                    public void onFailure(Throwable failure) {
                        stage.completeExceptionally(failure);
                    }
                },
                MoreExecutors.directExecutor());
        return stage;
    }

    private static @Nullable Long asLong(@Nullable Integer value) {
        return value == null ? null : Long.valueOf(value);
    }

    private static long orElse(@Nullable Long value, long otherwise) {
        return value == null ? otherwise : value;
    }
}
