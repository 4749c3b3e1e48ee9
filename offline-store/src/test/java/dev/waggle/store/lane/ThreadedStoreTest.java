package dev.waggle.store.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.Limits;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.Reply;
import dev.waggle.spec.message.SendKey;
import dev.waggle.store.Outcome;
import dev.waggle.store.StoreMetrics;
import dev.waggle.store.Ticket;
import dev.waggle.store.memory.MemoryMedium;
import dev.waggle.store.memory.WriteFault;
import dev.waggle.store.reads.StoreReads;
import dev.waggle.store.storage.StorageFailure;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The store with its own thread, many senders and real readers. */
@Timeout(60)
class ThreadedStoreTest {
    private static final int SENDERS = 4;
    private static final int EACH = 2_000;

    private final ProbedStorage storage = new ProbedStorage(new MemoryMedium());
    private final ExecutorService readers = Executors.newFixedThreadPool(2);
    private final List<String> threads = new ArrayList<>();

    @AfterEach
    void stop() {
        readers.shutdownNow();
    }

    @Test
    void manySenders_getTheirSeqsInTheOrderInWhichTheySent() throws Exception {
        LaneStore store = open();
        List<List<Long>> seqs = new ArrayList<>();
        CountDownLatch settled = new CountDownLatch(SENDERS * EACH);
        for (int i = 0; i < SENDERS; i++) {
            List<Long> mine = new ArrayList<>();
            seqs.add(mine);
            int sender = i;
            new Thread(() -> {
                        for (int n = 0; n < EACH; n++) {
                            submit(store, sender, n, outcome -> {
                                mine.add(((Reply.Sent) ((Outcome.Accepted) outcome).reply()).seq());
                                settled.countDown();
                            });
                        }
                    })
                    .start();
        }

        assertThat(settled.await(50, TimeUnit.SECONDS)).isTrue();
        store.close();
        for (List<Long> mine : seqs) {
            assertThat(mine).hasSize(EACH).isSorted().doesNotHaveDuplicates();
        }
        assertThat(threads).containsOnly("committer");
    }

    @Test
    void close_amongSenders_settlesEveryTicketOnce() throws Exception {
        LaneStore store = open();
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger settled = new AtomicInteger();
        CountDownLatch started = new CountDownLatch(100);
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            int sender = i;
            senders.add(new Thread(() -> {
                for (int n = 0; n < EACH; n++) {
                    taken.incrementAndGet();
                    submit(store, sender, n, outcome -> settled.incrementAndGet());
                    started.countDown();
                }
            }));
        }
        senders.forEach(Thread::start);
        started.await();

        store.close();

        for (Thread sender : senders) {
            sender.join();
        }
        assertThat(settled.get()).isEqualTo(taken.get()).isEqualTo(SENDERS * EACH);
    }

    @Test
    void failedWrite_isRecoveredByTheThreadItself() throws Exception {
        LaneStore store = open();
        storage.failNextWrite(WriteFault.AFTER);
        List<Outcome> outcomes = new ArrayList<>();
        while (outcomes.isEmpty() || outcomes.get(outcomes.size() - 1) instanceof Outcome.Failed) {
            CountDownLatch told = new CountDownLatch(1);
            submit(store, 0, 0, outcome -> {
                outcomes.add(outcome);
                told.countDown();
            });
            told.await();
        }

        assertThat(outcomes).hasSizeGreaterThan(1);
        assertThat(outcomes.get(outcomes.size() - 1)).isEqualTo(new Outcome.Accepted(new Reply.Sent(1, 1_000)));
        assertThat(store.problems()).isEmpty();
        store.close();
    }

    private LaneStore open() throws StorageFailure {
        return StoreOpener.open(
                new LaneParts(
                        storage,
                        Limits.defaults(),
                        ChatStoreContract.queueOf(500),
                        events -> {},
                        new StoreMetrics() {
                            @Override
                            public void settled(int accepted, int rejected, int failed) {
                                if (threads.isEmpty()) {
                                    threads.add(Thread.currentThread().getName());
                                }
                            }
                        },
                        Clock.systemUTC(),
                        System::nanoTime,
                        readers),
                (current, executor) -> new StoreReads(current, executor, 16, Clock.systemUTC()),
                task -> new Thread(task, "committer"));
    }

    private static void submit(LaneStore store, int sender, int number, Ticket ticket) {
        UserId user = new UserId("user" + sender);
        Command command = new Command.SendMessage(
                Actor.of(user, null),
                ConversationId.direct(user, new UserId("sink")),
                new SendKey(Bytes.utf8("k" + number)),
                Bytes.utf8("hello"),
                MessageProperties.NONE,
                null,
                1_000);
        while (!store.submit(user, command, ticket)) {
            Thread.onSpinWait();
        }
    }
}
