package dev.waggle.broker.wiring;

import dev.waggle.broker.BrokerLauncher;
import dev.waggle.broker.CannotStart;
import dev.waggle.broker.RunningBroker;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.broker.host.HostBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Starts the whole broker: the store first, then the doors, then clients are let in. */
public final class WaggleLauncher implements BrokerLauncher {
    /** Each door takes a second or two; on a machine that swaps, more. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Cursors are told to the store this often; what a crash loses of them is sent again. */
    private static final Duration TICK = Duration.ofMillis(50);

    /** What waits for a time comes at most so much later; what is new comes at once. */
    private static final Duration PUSHES = Duration.ofMillis(100);

    /** How soon after its time a fetch of keys begins. */
    private static final Duration KEYS_TICK = Duration.ofSeconds(1);

    /** A sweep forgets 500 at most: so 50 a second, more than people log out. */
    private static final Duration REVOCATIONS = Duration.ofSeconds(10);
    /** A right that was taken back is gone within a second, from wills that wait too. */
    private static final Duration WILLS = Duration.ofMillis(500);

    /** How much longer than needed the hashing process may stay. */
    private static final Duration HASHING = Duration.ofSeconds(10);

    /** A renewed certificate is in use some seconds later. */
    private static final Duration CERTIFICATE = Duration.ofSeconds(5);

    @Override
    public RunningBroker start(WaggleConfig config) throws CannotStart {
        BrokerGraph graph = DaggerBrokerGraph.factory().of(config);
        try {
            graph.store();
        } catch (Unusable unusable) {
            throw new CannotStart(CannotStart.Reason.FAILED, readable(unusable), unusable);
        }
        try {
            // Before any door opens: nobody is let in who was sent away before the restart.
            graph.revocations();
        } catch (Unusable unusable) {
            graph.store().close();
            graph.readers().shutdown();
            throw new CannotStart(CannotStart.Reason.FAILED, readable(unusable), unusable);
        }
        Broker broker = new Broker(config, graph);
        try {
            broker.fetchKeys(KEYS_TICK);
            CompletionStage<Void> http = CompletableFuture.runAsync(() -> startHttp(graph), graph.timer());
            HostBroker host = HostBroker.start(graph.hostSettings(), graph.hostExtensions(), graph.gateway());
            broker.hosted(host);
            require("the HTTP server", http);
            require("the MQTT host", host.open());
        } catch (RuntimeException failure) {
            broker.stop(Duration.ofSeconds(5));
            throw new CannotStart(reason(failure), readable(failure), failure);
        }
        broker.everyTick(TICK);
        broker.wakeSleepers(PUSHES);
        broker.lookAfterWills(WILLS);
        broker.forgetRevocations(REVOCATIONS);
        broker.restHashing(HASHING);
        broker.watchCertificate(CERTIFICATE);
        graph.gauges();
        graph.pushGauges();
        graph.health().ready();
        return broker;
    }

    private static void startHttp(BrokerGraph graph) {
        try {
            graph.http().start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void require(String what, CompletionStage<Void> stage) {
        Settled<Void> settled = Settled.of(stage, PATIENCE);
        if (settled.failure() instanceof RuntimeException failure) {
            throw failure;
        }
        if (settled.failure() != null || !settled.done()) {
            throw new Unusable(what + " did not come up within " + PATIENCE.toSeconds() + " s");
        }
    }

    private static CannotStart.Reason reason(RuntimeException failure) {
        boolean port = failure.getCause() instanceof BindException;
        return port ? CannotStart.Reason.PORT_TAKEN : CannotStart.Reason.FAILED;
    }

    private static String readable(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.toString() : message;
    }
}
