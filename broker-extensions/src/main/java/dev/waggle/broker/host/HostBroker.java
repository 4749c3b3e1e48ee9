package dev.waggle.broker.host;

import com.codahale.metrics.MetricRegistry;
import com.hivemq.embedded.EmbeddedExtension;
import dev.waggle.broker.gateway.direct.DirectGateway;
import dev.waggle.broker.gateway.direct.HostProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The embedded MQTT host, running with its listeners bound and the gateway in. */
public final class HostBroker {
    private final HostProcess process;
    private final DirectGateway gateway;
    private final HostServices services;
    private final Map<String, InetSocketAddress> listeners;

    private HostBroker(HostProcess process, DirectGateway gateway, HostServices services) {
        this.process = process;
        this.gateway = gateway;
        this.services = services;
        this.listeners = gateway.listeners();
    }

    /**
     * Starts the host on the calling thread; takes one to two seconds. Whoever connects before {@link #open} is closed without a
     * word, as if nobody listened yet.
     *
     * @throws HostStartFailure if a port is taken or the folder cannot be written
     * @throws dev.waggle.broker.gateway.direct.HostMismatch if it is not the host we know, or does not come up
     */
    public static HostBroker start(HostSettings settings, HostExtensions extensions, DirectGateway gateway) {
        Ports.check(settings);
        HostProcess process = build(settings);
        try {
            gateway.install(process);
            ChatExtension extension = new ChatExtension(extensions);
            process.run(EmbeddedExtension.builder()
                    .withId("waggle")
                    .withName("Waggle")
                    .withVersion("1")
                    .withExtensionMain(extension)
                    .build());
            HostBroker broker = new HostBroker(process, gateway, extension.started());
            broker.requireListeners(settings);
            return broker;
        } catch (RuntimeException e) {
            process.stop();
            throw e;
        }
    }

    private static HostProcess build(HostSettings settings) {
        try {
            HostConfiguration.write(settings);
            return HostProcess.build(settings.folder(), settings.files());
        } catch (IOException e) {
            throw new HostStartFailure("cannot write the host's folder " + settings.folder() + ": " + e, e);
        }
    }

    private void requireListeners(HostSettings settings) {
        HostTls tls = settings.tls();
        int wanted = one(settings.mqtt())
                + one(settings.webSocket())
                + (tls == null ? 0 : one(tls.mqtt()) + one(tls.webSocket()));
        if (listeners.size() != wanted) {
            throw new HostStartFailure("of " + wanted + " listeners only these came up: " + listeners);
        }
    }

    private static int one(@Nullable Integer port) {
        return port == null ? 0 : 1;
    }

    /**
     * Plays a client through the real pipeline, then lets clients in. The program is ready when the stage completes; it
     * fails with {@link dev.waggle.broker.gateway.direct.HostMismatch}, and then the caller stops.
     */
    public CompletionStage<Void> open() {
        return gateway.verify().thenRun(gateway::open);
    }

    /** Where MQTT over TCP is served, with the real port; null if it is switched off. */
    public @Nullable InetSocketAddress mqtt() {
        return listeners.get(HostConfiguration.MQTT_LISTENER);
    }

    /** Where MQTT over WebSocket is served, with the real port; null if it is switched off. */
    public @Nullable InetSocketAddress webSocket() {
        return listeners.get(HostConfiguration.WEBSOCKET_LISTENER);
    }

    /** Where MQTT over TLS is served, with the real port; null if it is switched off. */
    public @Nullable InetSocketAddress mqttTls() {
        return listeners.get(HostConfiguration.MQTT_TLS_LISTENER);
    }

    /** Where MQTT over WebSocket over TLS is served, with the real port; null if it is switched off. */
    public @Nullable InetSocketAddress webSocketTls() {
        return listeners.get(HostConfiguration.WEBSOCKET_TLS_LISTENER);
    }

    public HostServices services() {
        return services;
    }

    /** The host's own metrics. */
    public MetricRegistry metrics() {
        return process.metrics();
    }

    /** Ends every connection (MQTT 5: DISCONNECT 0x8B); completes when the last dialogue was told. Then {@link #stop}. */
    public CompletionStage<Void> drain() {
        return gateway.drain();
    }

    /** Stops the host on the calling thread; takes about two seconds, which are the host's own. */
    public void stop() {
        process.stop();
    }
}
