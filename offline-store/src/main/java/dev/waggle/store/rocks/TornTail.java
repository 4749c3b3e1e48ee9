package dev.waggle.store.rocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What to do when RocksDB finds its log damaged. A record that was cut short at the end it drops by itself. But a disk
 * may put the length of a file on record before all of the bytes: then a power cut leaves a last record of full length
 * with holes in it, and RocksDB does not start. Such a record was never synced, so nobody was told that it is stored: it
 * is moved to a file beside the log. Everything else is left alone and named.
 */
final class TornTail {
    private static final Logger log = LoggerFactory.getLogger(TornTail.class);

    private final Path directory;

    TornTail(Path directory) {
        this.directory = directory;
    }

    /**
     * Moves a torn last record out of the newest log file.
     *
     * @return null if that was done and opening may succeed now; else where the damage is, as far as the log knows
     */
    @Nullable
    String cut() throws IOException {
        List<Path> logs = logs();
        for (Path file : logs) {
            LogFile.Damage damage = LogFile.damageIn(file);
            if (damage != null && damage.isTail() && file.equals(logs.get(logs.size() - 1))) {
                moveOut(file, damage.offset());
                return null;
            }
            if (damage != null) {
                return "the log file " + file + " has a damaged record at byte " + damage.offset()
                        + " with sound ones behind it";
            }
        }
        return "the log files are sound";
    }

    /** Where the damage is, as far as the log knows; nothing is moved. */
    String describe() throws IOException {
        List<Path> logs = logs();
        for (Path file : logs) {
            LogFile.Damage damage = LogFile.damageIn(file);
            if (damage != null) {
                return "the log file " + file + " is damaged at byte " + damage.offset()
                        + (damage.isTail() && file.equals(logs.get(logs.size() - 1))
                                ? ", its last record, as a power cut leaves it: the next start drops that"
                                : " with sound records behind it");
            }
        }
        return "the log files are sound";
    }

    /** Those with something in them, oldest first: their names are numbers of equal length. */
    private List<Path> logs() throws IOException {
        List<Path> logs = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.log")) {
            for (Path file : files) {
                if (Files.size(file) > 0) {
                    logs.add(file);
                }
            }
        }
        logs.sort(Comparator.comparing(Path::toString));
        return logs;
    }

    private void moveOut(Path file, long offset) throws IOException {
        Path aside = directory.resolve(file.getFileName() + ".torn");
        try (FileChannel torn = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileChannel kept = FileChannel.open(
                        aside,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            ByteBuffer tail = ByteBuffer.allocate(Math.toIntExact(torn.size() - offset));
            while (tail.hasRemaining() && torn.read(tail, offset + tail.position()) >= 0) {
                // until all of it is read
            }
            tail.flip();
            while (tail.hasRemaining()) {
                kept.write(tail);
            }
            kept.force(true);
            torn.truncate(offset);
            torn.force(true);
        }
        log.warn(
                "the last record of {} was torn at byte {}, as a power cut does; it was never acknowledged and is now in {}",
                file,
                offset,
                aside);
    }
}
