package dev.waggle.bench.target;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@link BareHost} in a process of its own. */
public final class Bare extends PlainTopics {
    private final InetSocketAddress address;
    private final BrokerProcess process;
    private final List<String> javaOptions;

    private Bare(InetSocketAddress address, BrokerProcess process, List<String> javaOptions) {
        this.address = address;
        this.process = process;
        this.javaOptions = javaOptions;
    }

    /** @param directory an empty directory for its files */
    public static Bare start(Path directory, List<String> javaOptions) {
        int port = FreePort.take();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                BareHost.class.getName(),
                Integer.toString(port),
                directory.toString()));
        BrokerProcess process = BrokerProcess.start(command, directory, Map.of(), directory.resolve("bare.log"));
        Waiting.until("the bare host takes connections", Duration.ofSeconds(30), () -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("the bare host ended, see " + process.log());
            }
            return process.output().contains("ready\n");
        });
        return new Bare(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), process, javaOptions);
    }

    @Override
    public String name() {
        return "bare";
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public BrokerProcess process() {
        return process;
    }

    @Override
    public List<String> settings() {
        List<String> settings = new ArrayList<>(javaOptions);
        settings.addAll(List.of(
                "HiveMQ CE 2025.5 embedded, persistence in-memory",
                "server-receive-maximum 1000",
                "max-queue-size 100000",
                "usage statistics off"));
        return settings;
    }

    @Override
    public void close() {
        process.stop(Duration.ofSeconds(10));
    }
}
