package dev.waggle.broker.cli.local;

import dev.waggle.broker.Endpoints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file in the data directory that tells other commands where the broker listens. Written when it is ready, removed
 * when it stops; after a crash the old one stays until the next start.
 */
public final class EndpointsFile {

    public static final String NAME = "endpoints";

    private static final Pattern LINE = Pattern.compile("(mqtt|ws|http|admin)=\\[?([^\\]]+?)\\]?:([0-9]{1,5})");

    private EndpointsFile() {}

    public static void write(Path data, Endpoints endpoints) throws IOException {
        PrivateFiles.write(
                data.resolve(NAME),
                "mqtt=%s%nws=%s%nhttp=%s%nadmin=%s%npid=%d%n"
                        .formatted(
                                endpoints.mqtt(),
                                endpoints.ws(),
                                endpoints.http(),
                                endpoints.admin(),
                                ProcessHandle.current().pid()));
    }

    public static void remove(Path data) throws IOException {
        Files.deleteIfExists(data.resolve(NAME));
    }

    /**
     * The address to reach the broker of this data directory, or empty if none runs.
     *
     * @param door {@code mqtt}, {@code ws}, {@code http} or {@code admin}
     */
    public static Optional<Endpoints.Endpoint> find(Path data, String door) throws IOException {
        Path file = data.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .filter(line -> line.group(1).equals(door))
                .map(line -> new Endpoints.Endpoint(reachable(line.group(2)), Integer.parseInt(line.group(3))))
                .findFirst();
    }

    /** "Every address" is no address to connect to; this machine's own is among them. */
    private static String reachable(String bound) {
        return switch (bound) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::", "0:0:0:0:0:0:0:0" -> "::1";
            default -> bound;
        };
    }
}
