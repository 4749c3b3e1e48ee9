package dev.waggle.broker.it;

import dev.waggle.spec.message.Actor;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Debian's {@code mosquitto_pub} and {@code mosquitto_sub} as durable devices at QoS 1. */
final class MosquittoClients {

    private MosquittoClients() {}

    /** Its standard input and output are the test's. */
    static Process start(Reachable broker, int port, String program, String user, String device, String... more)
            throws IOException {
        String token = broker.token(user, device, Actor.Role.SERVICE, Duration.ofMinutes(10));
        List<String> command = new ArrayList<>(List.of(program, "-h", "127.0.0.1", "-p", String.valueOf(port)));
        command.addAll(List.of("-i", user + "." + device, "-u", user, "-P", token, "-c", "-q", "1"));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
