package dev.waggle.broker.wiring;

import dagger.Module;
import dagger.Provides;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.broker.marks.MarkBoard;
import dev.waggle.broker.metrics.StoreCounters;
import dev.waggle.broker.presence.PresenceBoard;
import dev.waggle.broker.push.PushSignals;
import dev.waggle.broker.session.CommitFanout;
import dev.waggle.broker.session.SessionRegistry;
import dev.waggle.store.ChatStore;
import dev.waggle.store.lane.LaneLimits;
import dev.waggle.store.lane.LaneParts;
import dev.waggle.store.lane.StoreOpener;
import dev.waggle.store.reads.StoreReads;
import dev.waggle.store.rocks.RocksOpener;
import dev.waggle.store.rocks.RocksSettings;
import dev.waggle.store.storage.StorageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.inject.Named;
import javax.inject.Singleton;
import org.slf4j.LoggerFactory;

/** The store on RocksDB, its committer and its readers. */
@Module
interface StoreModule {
    String READERS = "readers";
    /** Reads wait for the disk, not for the processor, so a few more than cores; each holds a snapshot. */
    int READER_THREADS = 4;
    /** A page of backlog each: what waits longer than these is better asked again. */
    int READER_QUEUE = 10_000;

    @Provides
    @Singleton
    @Named(READERS)
    static ExecutorService readers() {
        return new ThreadPoolExecutor(
                READER_THREADS,
                READER_THREADS,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new NamedThreads("reader"));
    }

    @Provides
    @Singleton
    static ChatStore store(
            WaggleConfig config,
            SessionRegistry sessions,
            MarkBoard marks,
            PresenceBoard presence,
            PushSignals pushes,
            StoreCounters counters,
            InstantSource clock,
            @Named(READERS) ExecutorService readers) {
        Path directory = config.store();
        LaneParts parts = new LaneParts(
                new RocksOpener(RocksSettings.in(directory)),
                config.limits().contract(),
                LaneLimits.defaults(),
                new CommitFanout(sessions, marks, presence, pushes),
                counters,
                clock,
                System::nanoTime,
                readers);
        LoggerFactory.getLogger(StoreModule.class).info("store {}: {} MiB", directory, mebibytes(directory));
        try {
            return StoreOpener.open(
                    parts,
                    (current, pool) -> new StoreReads(current, pool, READER_QUEUE, clock),
                    new NamedThreads("committer"));
        } catch (StorageFailure failure) {
            throw new Unusable("the store does not open: " + failure.getMessage(), failure);
        }
    }

    /** For the log at the start: an operator sees at a glance whether it is the store that was meant. */
    private static long mebibytes(Path directory) {
        try (Stream<Path> files = Files.exists(directory) ? Files.list(directory) : Stream.empty()) {
            return files.mapToLong(file -> file.toFile().length()).sum() >> 20;
        } catch (IOException unreadable) {
            return 0; // opening the store says what is wrong
        }
    }
}
