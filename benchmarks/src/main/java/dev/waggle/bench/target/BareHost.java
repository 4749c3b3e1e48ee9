package dev.waggle.bench.target;

import com.hivemq.embedded.EmbeddedHiveMQ;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * The host broker alone, in memory and open to all: what Waggle is compared with. Prints {@code ready} when it takes
 * connections and runs until it is killed.
 */
public final class BareHost {
    private BareHost() {}

    /** @param args the port and an empty directory */
    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[1]);
        Path configuration = Files.createDirectories(directory.resolve("conf"));
        Files.writeString(configuration.resolve("config.xml"), configuration(Integer.parseInt(args[0])));
        EmbeddedHiveMQ host = EmbeddedHiveMQ.builder()
                .withConfigurationFolder(configuration)
                .withDataFolder(Files.createDirectories(directory.resolve("data")))
                .withExtensionsFolder(Files.createDirectories(directory.resolve("extensions")))
                .build();
        // The host's own threads keep the process alive.
        CompletableFuture<Void> unused = host.start().whenComplete((nothing, failure) -> {
            System.out.println(failure == null ? "ready" : "failed: " + failure);
            if (failure != null) {
                System.exit(1);
            }
        });
    }

    private static String configuration(int port) {
        return """
                <hivemq>
                  <listeners>
                    <tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address></tcp-listener>
                  </listeners>
                  <mqtt>
                    <receive-maximum><server-receive-maximum>1000</server-receive-maximum></receive-maximum>
                    <queued-messages><max-queue-size>100000</max-queue-size><strategy>discard</strategy></queued-messages>
                  </mqtt>
                  <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
                  <persistence><mode>in-memory</mode></persistence>
                </hivemq>
                """.formatted(port);
    }
}
