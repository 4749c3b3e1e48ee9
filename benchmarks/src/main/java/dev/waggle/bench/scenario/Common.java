package dev.waggle.bench.scenario;

import dev.waggle.bench.report.Machine;
import dev.waggle.bench.report.Report;
import dev.waggle.bench.target.Bare;
import dev.waggle.bench.target.Mosquitto;
import dev.waggle.bench.target.Target;
import dev.waggle.bench.target.Waggle;
import dev.waggle.bench.target.WaggleFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options that every scenario has. */
final class Common {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Option(names = "--seed", description = "repeats a run's random choices; a fresh one if absent")
    long seed = new SecureRandom().nextLong();

    @Option(names = "--waggle", description = "the launcher; default: the file 'waggle' here or above")
    @Nullable
    Path launcher;

    @Option(
            names = "--java-options",
            description = "for the JVMs under test, blank-separated; default: ${DEFAULT-VALUE}")
    String javaOptions = "";

    @Option(names = "--directory", description = "where data directories are made; default: a temporary directory")
    @Nullable
    Path directory;

    @Option(names = "--keep", description = "leaves the data directories behind")
    boolean keep;

    @Option(names = "--report", description = "writes what is printed to this file as Markdown")
    @Nullable
    Path report;

    /** Opens the report with what is needed to repeat the run. */
    Report open(Path work) {
        Report opened = new Report(System.out, report);
        opened.line("# " + command.name());
        opened.line("");
        opened.line("seed " + seed + "; arguments: "
                + String.join(
                        " ", command.commandLine().getParent().getParseResult().originalArgs()));
        opened.line("");
        opened.line(Machine.describe(work));
        return opened;
    }

    /** A directory of this run, removed at its end unless {@code --keep} was given. */
    Path work() {
        try {
            Path parent = directory == null ? Path.of(System.getProperty("java.io.tmpdir")) : directory;
            Path made = Files.createTempDirectory(Files.createDirectories(parent), "waggle-bench-");
            if (!keep) {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(made)));
            }
            return made.toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> options() {
        return javaOptions.isBlank() ? List.of() : List.of(javaOptions.trim().split("\\s+"));
    }

    WaggleFolder folder(Path work, String name, List<String> configuration) {
        Path script = launcher == null ? WaggleFolder.findLauncher() : launcher.toAbsolutePath();
        return new WaggleFolder(
                script, files(work.resolve(name)), work.resolve(name).resolve("data"), configuration, options());
    }

    private static Path files(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param users how many users it must know */
    Target start(String target, Path work, int users) {
        try {
            switch (target) {
                case "waggle":
                    return Waggle.start(folder(work, "waggle", WaggleFolder.unlimited()), users);
                case "bare":
                    return Bare.start(Files.createDirectories(work.resolve("bare")), options());
                case "mosquitto":
                    return Mosquitto.start(Files.createDirectories(work.resolve("mosquitto")));
                default:
                    throw new IllegalArgumentException("--target " + target + ": allowed are waggle, bare, mosquitto");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.err.println("not removed: " + directory + ": " + e.getMessage());
        }
    }
}
