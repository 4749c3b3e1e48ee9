package dev.waggle.store.rocks;

import dev.waggle.store.storage.StorageFailure;
import java.io.File;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How much of the disk is kept back. The store stops taking writes before the last block is used: what it was told
 * before can then still be flushed, and a full disk is a refusal whose outcome is known instead of a failed write.
 * Costs one system call.
 */
final class DiskRoom {
    private static final long MIB = 1L << 20;
    /** A manifest and the tables that a reopening writes, at the least; small, for small disks are in use too. */
    private static final long RESERVE_MIB = 8;
    /** A new log takes up to 18 MiB at once: with less it would be full again as soon as it opens. */
    private static final long ENOUGH_MIB = RESERVE_MIB + 20;

    private final File directory;

    DiskRoom(Path directory) {
        this.directory = directory.toFile();
    }

    /** Why nothing is written now, or null if there is room. */
    @Nullable
    String shortage() {
        long free = directory.getUsableSpace();
        // 0 is also what the call says when it does not know: then the write itself finds out.
        return free >= RESERVE_MIB * MIB || (free == 0 && directory.getTotalSpace() == 0) ? null : text(free);
    }

    void check() throws StorageFailure {
        String shortage = shortage();
        if (shortage != null) {
            throw new StorageFailure(StorageFailure.Kind.FULL, shortage);
        }
    }

    /** True if opening again is worth the work. */
    boolean isEnough() {
        return directory.getUsableSpace() >= ENOUGH_MIB * MIB || directory.getTotalSpace() == 0;
    }

    private String text(long free) {
        return "the disk of " + directory + " has " + free / MIB + " MiB left; nothing is written below " + RESERVE_MIB
                + " MiB, and again from " + ENOUGH_MIB + " MiB";
    }
}
