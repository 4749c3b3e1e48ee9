package dev.waggle.broker.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tries the ports before the host does: the host starts with a listener missing, as long as one of them works. */
final class Ports {

    private Ports() {}

    /** @throws HostStartFailure naming every port that cannot be had */
    static void check(HostSettings settings) {
        List<String> problems = new ArrayList<>();
        check("mqtt", settings.bind(), settings.mqtt(), problems);
        check("webSocket", settings.bind(), settings.webSocket(), problems);
        if (!problems.isEmpty()) {
            throw new HostStartFailure(String.join("; ", problems));
        }
    }

    private static void check(String listener, String bind, @Nullable Integer port, List<String> problems) {
        if (port == null) {
            return;
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getByName(bind), port));
        } catch (IOException e) {
            problems.add("cannot listen for %s on %s port %d: %s".formatted(listener, bind, port, e.getMessage()));
        }
    }
}
