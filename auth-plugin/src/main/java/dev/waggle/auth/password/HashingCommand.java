package dev.waggle.auth.password;

import com.password4j.Argon2Function;
import dev.waggle.spec.Bytes;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;

/** The command line of the hashing process: this JVM's own {@code java}, only the jars it needs, at less than the usual priority. */
final class HashingCommand {
    /** Others on the machine come first; a sixth of a core is left when all are busy. */
    private static final String NICENESS = "5";

    /** Young objects, and what the function keeps from hash to hash. */
    private static final int BASE_MIB = 128;

    private HashingCommand() {}

    /**
     * @param threads hashes at once
     * @throws IllegalStateException if the classes are in no file: then no other process can load them
     */
    static List<String> of(int threads) {
        List<String> command = new ArrayList<>();
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "nice"))
                .filter(Files::isExecutable)
                .findFirst()
                .ifPresent(nice -> command.addAll(List.of(nice.toString(), "-n", NICENESS)));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags(threads));
        command.addAll(List.of("-cp", classPath(), HashingMain.class.getName(), String.valueOf(threads)));
        return List.copyOf(command);
    }

    /** The heap follows what is in use closely: nothing waits for its pauses, and an idle one should be small. */
    private static List<String> flags(int threads) {
        int mostOfOne = PasswordHash.MAX_MEMORY_KIB / 1_024 + 1;
        return List.of(
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-XX:+UseSerialGC",
                "-Xms24m",
                "-Xmn8m",
                "-Xmx" + (BASE_MIB + mostOfOne * threads) + "m",
                "-XX:MinHeapFreeRatio=5",
                "-XX:MaxHeapFreeRatio=10",
                "-Xss256k",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xlog:disable", // warnings would go to stdout, among the frames
                "-XX:+DisplayVMOutputToStderr",
                "-Dslf4j.internal.verbosity=ERROR");
    }

    private static String classPath() {
        return Stream.of(HashingMain.class, Bytes.class, Argon2Function.class, Logger.class)
                .map(HashingCommand::home)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String home(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null) {
            throw new IllegalStateException(type + " comes from no file");
        }
        try {
            return Path.of(source.getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(type + " comes from no file: " + source.getLocation(), e);
        }
    }
}
