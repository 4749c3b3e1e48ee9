package dev.waggle.bench.target;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process has used, from /proc (Linux).
 *
 * @param cpuSeconds user and system time since it started
 * @param rssKib resident memory
 * @param threads its threads
 * @param descriptors its open files and sockets
 */
public record ProcessUse(double cpuSeconds, long rssKib, int threads, int descriptors) {
    private static final double TICKS_PER_SECOND = 100;

    public static ProcessUse of(long pid) {
        Path directory = Path.of("/proc", Long.toString(pid));
        return new ProcessUse(
                cpuSeconds(directory.resolve("stat")),
                number(directory.resolve("status"), "VmRSS:"),
                (int) number(directory.resolve("status"), "Threads:"),
                entries(directory.resolve("fd")));
    }

    /** CPU seconds of the whole machine that were not idle, since it booted. */
    public static double machineBusySeconds() {
        String[] fields = text(Path.of("/proc/stat"))
                .lines()
                .findFirst()
                .orElseThrow()
                .trim()
                .split(" +");
        double busy = 0;
        for (int i = 1; i < fields.length && i <= 8; i++) {
            boolean idle = i == 4 || i == 5;
            busy += idle ? 0 : Long.parseLong(fields[i]);
        }
        return busy / TICKS_PER_SECOND;
    }

    /** CPU seconds of one process. */
    public static double cpuSeconds(long pid) {
        return cpuSeconds(Path.of("/proc", Long.toString(pid), "stat"));
    }

    private static double cpuSeconds(Path stat) {
        String text = text(stat);
        // The second field is the program's name in brackets and may hold blanks.
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    private static long number(Path status, String field) {
        return text(status)
                .lines()
                .filter(line -> line.startsWith(field))
                .map(line -> line.substring(field.length()).replace("kB", "").trim())
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    private static int entries(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return (int) files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
