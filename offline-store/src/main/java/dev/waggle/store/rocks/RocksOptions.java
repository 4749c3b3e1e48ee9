package dev.waggle.store.rocks;

import dev.waggle.store.storage.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBufferManager;

/**
 * How RocksDB is set up. Native objects that live as long as the database; given back in reverse order.
 *
 * <p>Memory: one cache holds data blocks, indexes and filters, and what is not yet flushed is charged to it, so that one
 * number bounds them all.
 */
final class RocksOptions implements AutoCloseable {
    private static final long MIB = 1 << 20;
    /** Bounds what is replayed at a start, about a second's work. */
    private static final long MOST_LOG_BYTES = 48 * MIB;

    private final List<AutoCloseable> natives = new ArrayList<>();
    private final DBOptions database;
    private final List<ColumnFamilyDescriptor> families = new ArrayList<>();

    RocksOptions(long memoryBytes) {
        Cache cache = own(new LRUCache(memoryBytes, 4, false, 0.5));
        WriteBufferManager unflushed = own(new WriteBufferManager(memoryBytes / 2, cache, false));
        database = own(database(unflushed));
        for (Table table : Table.values()) {
            ColumnFamilyOptions options = own(family(table, cache, memoryBytes));
            families.add(new ColumnFamilyDescriptor(table.text().getBytes(StandardCharsets.US_ASCII), options));
        }
    }

    DBOptions database() {
        return database;
    }

    /** In the order of {@link Table}. */
    List<ColumnFamilyDescriptor> families() {
        return families;
    }

    private static DBOptions database(WriteBufferManager unflushed) {
        return unexposed()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setParanoidChecks(true)
                // A torn record at the end of the log is what a power cut leaves; anything else stops the start.
                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
                // A recycled log file has old records behind its end, which that mode cannot tell from damage.
                .setRecycleLogFileNum(0)
                // What a start replayed is flushed before anything is answered: after a failed sync the log may be
                // readable from the page cache and yet not be on the disk.
                .setAvoidFlushDuringRecovery(false)
                .setUseFsync(false)
                .setManualWalFlush(false)
                .setMaxTotalWalSize(MOST_LOG_BYTES)
                // The committer decides about reopening, nobody else.
                .setMaxBgErrorResumeCount(0)
                // There is one writer; an eighth of its time is saved.
                .setAllowConcurrentMemtableWrite(false)
                .setWriteBufferManager(unflushed)
                .setMaxBackgroundJobs(2)
                // Written in small steps, so that a sync of the log does not wait behind a whole table file.
                .setBytesPerSync(MIB)
                .setAvoidUnnecessaryBlockingIO(true)
                .setSkipStatsUpdateOnDbOpen(true)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(MIB)
                .setKeepLogFileNum(2)
                .setMaxManifestFileSize(16 * MIB)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0);
    }

    /** Options that have no setter in Java. */
    private static DBOptions unexposed() {
        Properties properties = new Properties();
        // The sizes of older log files are kept in the manifest: a cut in one of them is damage, not a torn tail.
        properties.setProperty("track_and_verify_wals_in_manifest", "true");
        DBOptions options = DBOptions.getDBOptionsFromProps(properties);
        if (options == null) {
            throw new IllegalStateException("RocksDB does not know " + properties.stringPropertyNames());
        }
        return options;
    }

    private ColumnFamilyOptions family(Table table, Cache cache, long memoryBytes) {
        BlockBasedTableConfig blocks = new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinL0FilterAndIndexBlocksInCache(true)
                .setBlockSize(8 << 10)
                .setFormatVersion(6);
        ColumnFamilyOptions options = new ColumnFamilyOptions()
                .setWriteBufferSize(Math.max(MIB, memoryBytes / (table == Table.LOG ? 6 : 12)))
                .setMaxWriteBufferNumber(3)
                .setCompressionType(CompressionType.LZ4_COMPRESSION);
        switch (table) {
            case KEYS, HEADS -> {
                // Most keys asked for are not there: the filter says so without touching a block.
                blocks.setFilterPolicy(own(new BloomFilter(10)));
                options.setMemtablePrefixBloomSizeRatio(0.05).setMemtableWholeKeyFiltering(true);
            }
            case LOG -> {
                // Keys asked for are there: filters help to skip the upper levels, the last one needs none.
                blocks.setFilterPolicy(own(new BloomFilter(10)));
                options.setOptimizeFiltersForHits(true);
            }
            case META, INBOX -> {
                // Read in ranges only.
            }
        }
        return options.setTableFormatConfig(blocks);
    }

    private <T extends AutoCloseable> T own(T object) {
        natives.add(object);
        return object;
    }

    @Override
    public void close() {
        for (int i = natives.size() - 1; i >= 0; i--) {
            try {
                natives.get(i).close();
            } catch (Exception impossible) {
                throw new IllegalStateException("a native object does not close", impossible);
            }
        }
        natives.clear();
    }
}
