package dev.waggle.broker.wiring;

import dev.waggle.broker.Endpoints;
import dev.waggle.broker.Endpoints.Endpoint;
import dev.waggle.broker.RunningBroker;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.broker.host.HostBroker;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The broker while it runs, and how it ends: in the reverse of its start, so that nothing stored is left untold. */
final class Broker implements RunningBroker {
    private static final Logger LOG = LoggerFactory.getLogger(Broker.class);

    private final WaggleConfig config;
    private final BrokerGraph graph;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private volatile @Nullable HostBroker host;

    Broker(WaggleConfig config, BrokerGraph graph) {
        this.config = config;
        this.graph = graph;
    }

    void hosted(HostBroker running) {
        host = running;
    }

    /** Looks for a renewed certificate; the host's listeners look for themselves. */
    void watchCertificate(Duration interval) {
        graph.keyStores().ifPresent(stores -> {
            ScheduledFuture<?> unused = graph.timer()
                    .scheduleWithFixedDelay(
                            () -> {
                                if (stores.refresh()) {
                                    graph.http().renewCertificate();
                                }
                            },
                            interval.toMillis(),
                            interval.toMillis(),
                            TimeUnit.MILLISECONDS);
        });
    }

    /** Lets the chat keep time. */
    void everyTick(Duration interval) {
        every(interval, "the chat", () -> graph.chat().tick());
    }

    /** Lets pushes begin, and keep time. */
    void wakeSleepers(Duration interval) {
        graph.pushes().start();
        every(interval, "pushes", () -> graph.pushes().turn());
    }

    /** Takes back wills whose authors lost the right to them. */
    void lookAfterWills(Duration interval) {
        every(interval, "wills", () -> graph.gateway().tick());
    }

    /** Fetches keys of issuers from now on; the first at once. */
    void fetchKeys(Duration interval) {
        every(interval, "keys of issuers", () -> graph.issuers().tick());
        every(interval, "keys of providers", () -> graph.idTokens().tick());
    }

    /** Forgets revocations that speak of no good token any more. */
    void forgetRevocations(Duration interval) {
        every(interval, "revocations", () -> graph.revocations().sweep());
    }

    /** Ends the hashing process when nobody logs in. */
    void restHashing(Duration interval) {
        every(interval, "the hashing process", () -> graph.hashing().tick());
    }

    /** A tick that fails is a bug, but the next one comes all the same. */
    private void every(Duration interval, String what, Runnable tick) {
        ScheduledFuture<?> unused = graph.timer()
                .scheduleWithFixedDelay(
                        () -> {
                            try {
                                tick.run();
                            } catch (RuntimeException bug) {
                                LOG.error("a tick of {} failed", what, bug);
                            }
                        },
                        0,
                        interval.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public Endpoints endpoints() {
        HostBroker running = host;
        if (running == null) {
            throw new IllegalStateException("the host does not run");
        }
        String bind = config.listeners().bind();
        return new Endpoints(
                new Endpoint(bind, port(running.mqtt())),
                new Endpoint(bind, port(running.webSocket())),
                new Endpoint(config.http().bind(), graph.http().publicPort()),
                new Endpoint(config.admin().bind(), graph.http().adminPort()),
                secure(running));
    }

    private Endpoints.@Nullable Secure secure(HostBroker running) {
        WaggleConfig.Tls tls = config.tls();
        return tls == null
                ? null
                : new Endpoints.Secure(
                        new Endpoint(tls.bind(), port(running.mqttTls())),
                        new Endpoint(tls.bind(), port(running.webSocketTls())),
                        new Endpoint(tls.bind(), graph.http().tlsPort()));
    }

    private static int port(@Nullable InetSocketAddress address) {
        return address == null ? 0 : address.getPort();
    }

    @Override
    public void stop(Duration limit) {
        if (!stopped.compareAndSet(false, true)) {
            return;
        }
        long deadline = System.nanoTime() + limit.toNanos();
        graph.health().stopping();
        graph.chat().stop();
        HostBroker running = host;
        if (running != null) {
            await("connections to end", running.drain(), deadline, 2);
        }
        graph.timer().shutdown();
        graph.pushThread().shutdown();
        graph.outlets().close();
        graph.store().close();
        graph.readers().shutdown();
        graph.verification().shutdown();
        graph.keyFetches().shutdown();
        graph.http().close();
        graph.accountThreads().close();
        graph.hashing().close();
        if (running != null) {
            running.stop();
        }
    }

    private static void await(String what, CompletionStage<?> stage, long deadline, int shareOfRest) {
        Duration rest = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()) / shareOfRest);
        Settled<?> settled = Settled.of(stage, rest);
        if (!settled.done() || settled.failure() != null) {
            LOG.warn("gave up waiting for {}", what, settled.failure());
        }
    }
}
