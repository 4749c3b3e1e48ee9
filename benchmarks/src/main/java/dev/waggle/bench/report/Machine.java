package dev.waggle.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Where the figures come from. */
public final class Machine {
    private static final int SYNCS = 200;

    private Machine() {}

    public static String describe(Path directory) {
        return String.format(
                Locale.ROOT,
                "machine: %d cores, %d GiB, %s %s, Java %s; fdatasync of a 300-byte append: %s",
                Runtime.getRuntime().availableProcessors(),
                memoryGib(),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("java.version"),
                syncTime(directory));
    }

    private static long memoryGib() {
        try {
            return Files.readString(Path.of("/proc/meminfo"))
                    .lines()
                    .filter(line -> line.startsWith("MemTotal:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / (1024 * 1024))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Latency syncTime(Path directory) {
        Path file = directory.resolve("sync-probe");
        Latency latency = new Latency();
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE)) {
            for (int i = 0; i < SYNCS; i++) {
                channel.write(ByteBuffer.allocate(300));
                long start = System.nanoTime();
                channel.force(false);
                latency.record(System.nanoTime() - start);
            }
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return latency;
    }
}
