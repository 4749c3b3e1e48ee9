package dev.waggle.store.rocks;

import java.nio.file.Path;

/**
 * Where the store is and how much memory it may take.
 *
 * @param directory made if it is missing, readable by its owner only
 * @param memoryBytes native memory for cached blocks, indexes, filters and what is not yet flushed, together; at least
 *     16 MiB. It is taken as it is used, not at the start.
 */
public record RocksSettings(Path directory, long memoryBytes) {
    public static final long DEFAULT_MEMORY_BYTES = 96L << 20;
    private static final long LEAST_MEMORY_BYTES = 16L << 20;

    public RocksSettings {
        if (memoryBytes < LEAST_MEMORY_BYTES) {
            throw new IllegalArgumentException(
                    "memoryBytes must be at least " + LEAST_MEMORY_BYTES + ", not " + memoryBytes);
        }
    }

    public static RocksSettings in(Path directory) {
        return new RocksSettings(directory, DEFAULT_MEMORY_BYTES);
    }
}
