package dev.waggle.broker.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** A clock that went back makes tokens of the future and message times that stand still. */
final class ClockCheck {

    /** The first version of the program: no right clock shows less. */
    private static final Instant EARLIEST = Instant.parse("2026-01-01T00:00:00Z");

    private static final Duration TOLERANCE = Duration.ofSeconds(60);

    private ClockCheck() {}

    static Finding run(Instant now, Path data) {
        if (now.isBefore(EARLIEST)) {
            return Finding.wrong("clock", "it says " + now + ", which is long ago; set it, and keep it set by NTP");
        }
        Optional<Instant> newest = newestFile(data);
        if (newest.isPresent() && newest.get().isAfter(now.plus(TOLERANCE))) {
            return Finding.wrong(
                    "clock", "it says " + now + ", but files in " + data + " were written at " + newest.get());
        }
        return Finding.ok("clock", now.toString());
    }

    private static Optional<Instant> newestFile(Path data) {
        if (!Files.isDirectory(data)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(data)) {
            return files.flatMap(file -> modified(file).stream()).max(Instant::compareTo);
        } catch (IOException | java.io.UncheckedIOException unreadable) {
            return Optional.empty(); // told by the check of the directory
        }
    }

    private static Optional<Instant> modified(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file).toInstant());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
