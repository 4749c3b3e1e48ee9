package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waggle.broker.gateway.Delivery;
import dev.waggle.broker.gateway.memory.ServerPacket;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two sockets that take one client id from each other, again and again, while messages arrive: nothing is lost, and each
 * connection is told every conversation in order. {@code -Dwaggle.fight.seconds=60} makes it last longer.
 */
class FightIT {
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("waggle.fight.seconds", 8));

    /** Messages that may be under way: far below what an inbox holds. */
    private static final int MOST_WAITING = 500;

    /**
     * The loser comes back when the winner has acknowledged this many: enough for a whole window in less than five
     * connections, or messages would be set aside as ones that no connection can digest.
     */
    private static final int LEAST_ACKNOWLEDGED = 16;

    private static final int MOST_ACKNOWLEDGED = 64;

    @TempDir
    Path data;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Semaphore room = new Semaphore(MOST_WAITING);
    private final Semaphore revenge = new Semaphore(0);
    private final Queue<List<Got>> connections = new ConcurrentLinkedQueue<>();
    private final Set<Message> arrived = ConcurrentHashMap.newKeySet();
    private volatile boolean fighting = true;
    private TestBroker broker;

    private record Message(String conversation, long seq) {}

    private record Got(Message message, boolean dup) {
        static Got of(Delivery delivery) {
            // u/{me}/in/d/{peer}/{from}/{seq}/{ts}
            String[] levels = delivery.topic().split("/");
            assertThat(levels[2]).as(delivery.topic()).isEqualTo("in");
            return new Got(new Message(levels[3] + "/" + levels[4], Long.parseLong(levels[6])), delivery.dup());
        }
    }

    @BeforeEach
    void start() throws Exception {
        broker = new TestBroker(data);
    }

    @AfterEach
    void stop() {
        fighting = false;
        threads.shutdownNow();
        broker.close();
    }

    @Test
    void twoSockets_fightForOneClientId_nothingIsLostAndOrderIsKept() throws Exception {
        RawDevice first = new RawDevice(broker, "bob", "phone");
        first.connect();
        first.subscribe();
        first.disconnect();
        List<Future<Void>> fighters = List.of(threads.submit(fighter(1)), threads.submit(fighter(2)));
        long end = System.nanoTime() + LENGTH.toNanos();
        Map<String, Future<Long>> writers = new HashMap<>();
        for (String writer : List.of("ann", "ben")) {
            writers.put("d/" + writer, threads.submit(() -> write(writer, end)));
        }
        Set<Message> written = new HashSet<>();
        for (Map.Entry<String, Future<Long>> writer : writers.entrySet()) {
            long last = writer.getValue().get();
            assertThat(last).isPositive();
            LongStream.rangeClosed(1, last).forEach(seq -> written.add(new Message(writer.getKey(), seq)));
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> arrived.size() == written.size() || anyDone(fighters));
        fighting = false;
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            new RawDevice(broker, "bob", "phone").knock();
            return fighters.stream().allMatch(Future::isDone);
        });
        for (Future<Void> fighter : fighters) {
            fighter.get();
        }
        assertThat(arrived).containsExactlyInAnyOrderElementsOf(written);
        connections.forEach(FightIT::assertInOrder);
        assertOnceWithoutDup();
        System.out.printf(
                "fight: %d connections, %d messages, %d deliveries%n",
                connections.size(),
                written.size(),
                connections.stream().mapToInt(List::size).sum());
    }

    private static boolean anyDone(List<Future<Void>> fighters) {
        return fighters.stream().anyMatch(Future::isDone);
    }

    /** Returns the last seq. */
    private long write(String writer, long endNanos) throws Exception {
        try (Device5 device = new Device5(broker, writer, "d").asService().connect()) {
            long seq = 0;
            while (System.nanoTime() < endNanos) {
                if (room.tryAcquire(100, TimeUnit.MILLISECONDS)) {
                    Device5.Sent sent = device.send("d/bob", "hello");
                    assertThat(sent.reasonCode()).isZero();
                    assertThat(sent.seq()).isEqualTo(++seq);
                }
            }
            return seq;
        }
    }

    private Callable<Void> fighter(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RawDevice device = new RawDevice(broker, "bob", "phone");
        return () -> {
            while (fighting) {
                if (device.knock() instanceof ServerPacket.Connack connack) {
                    assertThat(connack.sessionPresent()).isTrue();
                    List<Got> got = new ArrayList<>();
                    takeUntilThrownOut(device, got, random.nextInt(LEAST_ACKNOWLEDGED, MOST_ACKNOWLEDGED));
                    connections.add(got);
                }
                device.close();
                revenge.tryAcquire(1, TimeUnit.SECONDS);
            }
            return null;
        };
    }

    /** @param untilRevenge how many are acknowledged before the other one comes back */
    private void takeUntilThrownOut(RawDevice device, List<Got> got, int untilRevenge) {
        for (Optional<Delivery> next = device.next(); next.isPresent(); next = device.next()) {
            Got one = Got.of(next.get());
            got.add(one);
            if (arrived.add(one.message())) {
                room.release();
            }
            try {
                device.acknowledge(next.get());
            } catch (UncheckedIOException thrownOut) {
                return;
            }
            if (got.size() == untilRevenge) {
                revenge.release();
            }
        }
    }

    /** Without holes and repeats. */
    private static void assertInOrder(List<Got> connection) {
        Map<String, Long> last = new HashMap<>();
        for (Got got : connection) {
            Long before = last.put(got.message().conversation(), got.message().seq());
            if (before != null) {
                assertThat(got.message().seq()).as("after %s", connection).isEqualTo(before + 1);
            }
        }
    }

    /** Repeats come on other connections, and say so. */
    private void assertOnceWithoutDup() {
        Set<Message> first = new HashSet<>();
        connections.forEach(connection -> connection.stream()
                .filter(got -> !got.dup())
                .forEach(got -> assertThat(first.add(got.message()))
                        .as("a repeat without DUP: %s", got)
                        .isTrue()));
    }
}
