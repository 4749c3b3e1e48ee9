package dev.waggle.broker.cli.doctor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Space, and how long one fsync takes: every acknowledgement waits for one. */
final class DiskCheck {

    private static final long LEAST = 256L << 20;
    private static final long LITTLE = 2L << 30;
    private static final int SYNCS = 30;
    private static final int BLOCK = 4096;
    private static final double SLOW_MILLIS = 10;

    private DiskCheck() {}

    /** @param directory exists */
    static List<Finding> run(Path directory) {
        try {
            return List.of(space(directory), fsync(directory));
        } catch (IOException failed) {
            return List.of(Finding.wrong("disk", directory + " cannot be written: " + failed));
        }
    }

    private static Finding space(Path directory) throws IOException {
        long free = Files.getFileStore(directory).getUsableSpace();
        String text = String.format(Locale.ROOT, "%,d MiB free at %s", free >> 20, directory);
        if (free < LEAST) {
            return Finding.wrong("space", text + "; a broker needs " + (LEAST >> 20) + " MiB at least");
        }
        return free < LITTLE ? Finding.warn("space", text + ", which is little") : Finding.ok("space", text);
    }

    private static Finding fsync(Path directory) throws IOException {
        Path file = Files.createTempFile(directory, "doctor-", ".tmp");
        long[] nanos = new long[SYNCS];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int i = 0; i < SYNCS; i++) {
                long start = System.nanoTime();
                channel.write(ByteBuffer.allocate(BLOCK));
                channel.force(false);
                nanos[i] = System.nanoTime() - start;
            }
        } finally {
            Files.delete(file);
        }
        Arrays.sort(nanos);
        double median = nanos[SYNCS / 2] / 1e6;
        String text = String.format(
                Locale.ROOT,
                "one takes %.2f ms (median), %.2f ms (longest of %d)",
                median,
                nanos[SYNCS - 1] / 1e6,
                SYNCS);
        return median > SLOW_MILLIS
                ? Finding.warn("fsync", text + "; every acknowledgement waits for one")
                : Finding.ok("fsync", text);
    }
}
