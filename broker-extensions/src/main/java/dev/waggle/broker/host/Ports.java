package dev.waggle.broker.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tries the ports before the host does: the host starts with a listener missing, as long as one of them works. */
final class Ports {

    private Ports() {}

    /** @throws HostStartFailure naming every port that cannot be had; its cause is what the last one met */
    static void check(HostSettings settings) {
        List<IOException> problems = new ArrayList<>();
        check("mqtt", settings.bind(), settings.mqtt(), problems);
        check("webSocket", settings.bind(), settings.webSocket(), problems);
        if (!problems.isEmpty()) {
            String all = problems.stream().map(Throwable::getMessage).collect(Collectors.joining("; "));
            throw new HostStartFailure(all, problems.get(problems.size() - 1).getCause());
        }
    }

    private static void check(String listener, String bind, @Nullable Integer port, List<IOException> problems) {
        if (port == null) {
            return;
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getByName(bind), port));
        } catch (IOException e) {
            String what = "cannot listen for %s on %s port %d: %s".formatted(listener, bind, port, e.getMessage());
            problems.add(new IOException(what, e));
        }
    }
}
