package dev.waggle.bench.target;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Eclipse Mosquitto as Debian packages it, without persistence. */
public final class Mosquitto extends PlainTopics {
    private static final List<String> SETTINGS = List.of(
            "allow_anonymous true",
            "persistence false",
            "set_tcp_nodelay true",
            "max_inflight_messages 0",
            "max_queued_messages 0",
            "log_type error");

    private final InetSocketAddress address;
    private final BrokerProcess process;

    private Mosquitto(InetSocketAddress address, BrokerProcess process) {
        this.address = address;
        this.process = process;
    }

    /** @param directory an empty directory for its configuration and log */
    public static Mosquitto start(Path directory) {
        int port = FreePort.take();
        Path file = directory.resolve("mosquitto.conf");
        try {
            Files.writeString(file, "listener " + port + " 127.0.0.1\n" + String.join("\n", SETTINGS) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        BrokerProcess process = BrokerProcess.start(
                List.of("mosquitto", "-c", file.toString()), directory, Map.of(), directory.resolve("mosquitto.log"));
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        Waiting.until("Mosquitto takes connections", Duration.ofSeconds(5), () -> accepts(address));
        return new Mosquitto(address, process);
    }

    private static boolean accepts(InetSocketAddress address) {
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String name() {
        return "mosquitto";
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
        return SETTINGS;
    }

    @Override
    public void close() {
        process.stop(Duration.ofSeconds(5));
    }
}
