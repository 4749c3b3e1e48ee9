package dev.waggle.store.lane;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.Limits;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.SendKey;
import dev.waggle.store.Outcome;
import dev.waggle.store.StoreMetrics;
import dev.waggle.store.reads.StoreReads;
import dev.waggle.store.rocks.RocksOpener;
import dev.waggle.store.rocks.RocksSettings;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures the committer against RocksDB with synced writes: a program, not a test. Arguments: seconds, pairs, commands
 * in flight per pair, and {@code keys} for idempotency keys.
 */
public final class LaneSpeed {
    private static final class Counts implements StoreMetrics {
        final AtomicLong groups = new AtomicLong();
        final AtomicLong commands = new AtomicLong();
        final AtomicLong writeNanos = new AtomicLong();
        final AtomicLong warmed = new AtomicLong();

        @Override
        public void groupCommitted(int size, long bytes, boolean synced, long nanos) {
            groups.incrementAndGet();
            commands.addAndGet(size);
            writeNanos.addAndGet(nanos);
        }

        @Override
        public void warmed(int states) {
            warmed.addAndGet(states);
        }
    }

    private LaneSpeed() {}

    public static void main(String[] args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        int pairs = args.length > 1 ? Integer.parseInt(args[1]) : 100;
        int inFlight = args.length > 2 ? Integer.parseInt(args[2]) : 1;
        boolean keys = args.length > 3 && args[3].equals("keys");
        Path directory = Files.createTempDirectory(Path.of("target"), "speed");
        ExecutorService readers = Executors.newFixedThreadPool(2);
        Counts counts = new Counts();
        Thread[] committer = new Thread[1];
        LaneStore store = StoreOpener.open(
                new LaneParts(
                        new RocksOpener(RocksSettings.in(directory)),
                        Limits.defaults(),
                        LaneLimits.defaults(),
                        events -> {},
                        counts,
                        Clock.systemUTC(),
                        System::nanoTime,
                        readers),
                (current, executor) -> new StoreReads(current, executor, 16, Clock.systemUTC()),
                task -> committer[0] = new Thread(task, "committer"));
        for (int i = 0; i < pairs; i++) {
            open(store, "sender" + i);
            open(store, "receiver" + i);
        }
        run(store, pairs, inFlight, keys, Math.max(1, seconds / 3));
        ThreadMXBean cpu = ManagementFactory.getThreadMXBean();
        long groups = counts.groups.get();
        long commands = counts.commands.get();
        long writes = counts.writeNanos.get();
        long used = cpu.getThreadCpuTime(committer[0].getId());
        long wall = System.nanoTime();
        run(store, pairs, inFlight, keys, seconds);
        wall = System.nanoTime() - wall;
        used = cpu.getThreadCpuTime(committer[0].getId()) - used;
        commands = counts.commands.get() - commands;
        groups = counts.groups.get() - groups;
        writes = counts.writeNanos.get() - writes;
        System.out.printf(
                "%,d messages/s, groups of %.0f, committer CPU %.2f µs each, write %.2f µs each, warmed %d%n",
                commands * 1_000_000_000L / wall,
                (double) commands / groups,
                used / 1_000.0 / commands,
                writes / 1_000.0 / commands,
                counts.warmed.get());
        store.close();
        readers.shutdown();
    }

    /** Users who were here have the larger inbox. */
    private static void open(LaneStore store, String user) {
        store.submit(
                user,
                new Command.OpenSession(
                        new UserId(user), new DeviceId("phone"), true, 0, 1, System.currentTimeMillis()),
                outcome -> {});
    }

    private static void run(LaneStore store, int pairs, int inFlight, boolean keys, int seconds) throws Exception {
        Semaphore free = new Semaphore(pairs * inFlight);
        long until = System.nanoTime() + seconds * 1_000_000_000L;
        byte[] body = new byte[100];
        new Random(1).nextBytes(body);
        Bytes shared = Bytes.wrap(body);
        Actor[] actors = new Actor[pairs];
        ConversationId[] conversations = new ConversationId[pairs];
        for (int i = 0; i < pairs; i++) {
            actors[i] = Actor.of(new UserId("sender" + i), new DeviceId("phone"));
            conversations[i] = ConversationId.direct(actors[i].user(), new UserId("receiver" + i));
        }
        long number = System.nanoTime();
        for (int i = 0; System.nanoTime() < until; i = (i + 1) % pairs) {
            free.acquire();
            SendKey key = keys ? new SendKey(Bytes.utf8(Long.toString(number++, 36))) : null;
            Command command = new Command.SendMessage(
                    actors[i], conversations[i], key, shared, MessageProperties.NONE, null, System.currentTimeMillis());
            while (!store.submit(actors[i], command, outcome -> {
                if (!(outcome instanceof Outcome.Accepted)) {
                    throw new IllegalStateException(outcome.toString());
                }
                free.release();
            })) {
                Thread.onSpinWait();
            }
        }
        free.acquire(pairs * inFlight);
    }
}
