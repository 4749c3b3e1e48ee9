package dev.waggle.broker.host;

import dev.waggle.broker.gateway.ScriptedChat;
import dev.waggle.broker.gateway.direct.DirectGateway;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A host for tests on free ports of the loopback address, with a scripted chat. */
public final class RunningHost implements AutoCloseable {
    /** How long tests wait for what takes milliseconds on a machine that is not busy. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ScriptedChat chat = new ScriptedChat();
    private final DirectGateway gateway = new DirectGateway(chat, TestDoor::identity);
    private final HostBroker broker;

    public RunningHost(Path folder) throws Exception {
        broker = HostBroker.start(settings(folder), TestDoor.extensions(), gateway);
        broker.open().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    public static HostSettings settings(Path folder) {
        return new HostSettings(folder, "127.0.0.1", 0, 0, null, 64, 1024 * 1024, 512, Duration.ofDays(30), false);
    }

    public ScriptedChat chat() {
        return chat;
    }

    public DirectGateway gateway() {
        return gateway;
    }

    public HostBroker broker() {
        return broker;
    }

    @Override
    public void close() {
        broker.stop();
    }
}
