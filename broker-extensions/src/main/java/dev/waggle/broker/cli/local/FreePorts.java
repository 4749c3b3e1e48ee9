package dev.waggle.broker.cli.local;

import dev.waggle.broker.CannotStart;
import dev.waggle.broker.CannotStart.Reason;
import dev.waggle.broker.config.WaggleConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks before the start that every port can be had: the host starts happily with a listener missing. A port taken
 * between the check and the start is still noticed, by the door that cannot bind.
 */
public final class FreePorts {

    private FreePorts() {}

    public static void check(WaggleConfig config) throws CannotStart {
        List<String> taken = taken(config);
        if (!taken.isEmpty()) {
            throw new CannotStart(Reason.PORT_TAKEN, String.join("; ", taken));
        }
    }

    /** One readable line for each port that cannot be had. */
    public static List<String> taken(WaggleConfig config) {
        List<String> taken = new ArrayList<>();
        String bind = config.listeners().bind();
        probe("listeners.mqtt.port", bind, config.listeners().mqttPort(), taken);
        probe("listeners.ws.port", bind, config.listeners().wsPort(), taken);
        probe("http.port", config.http().bind(), config.http().port(), taken);
        probe("admin.port", config.admin().bind(), config.admin().port(), taken);
        WaggleConfig.Tls tls = config.tls();
        if (tls != null) {
            probe("tls.mqtt.port", tls.bind(), tls.mqttPort(), taken);
            probe("tls.ws.port", tls.bind(), tls.wsPort(), taken);
            probe("tls.http.port", tls.bind(), tls.httpPort(), taken);
        }
        return taken;
    }

    private static void probe(String key, String bind, int port, List<String> taken) {
        if (port == 0) {
            return;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // as the listeners do: connections in TIME_WAIT do not count
            socket.bind(new InetSocketAddress(InetAddress.getByName(bind), port));
        } catch (IOException refused) {
            taken.add(key + ": " + bind + ":" + port + " cannot be had (" + refused.getMessage()
                    + "); stop what listens there, or choose another port, 0 for any free one");
        }
    }
}
