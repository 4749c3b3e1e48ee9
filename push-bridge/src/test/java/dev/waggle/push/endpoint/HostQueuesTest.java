package dev.waggle.push.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostQueuesTest {
    private final HostQueues queues = new HostQueues(Thread::new, new HostQueues.Limits(3, 2, 4));
    private final BlockingQueue<String> begun = new LinkedBlockingQueue<>();
    private final List<CountDownLatch> gates = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        gates.forEach(CountDownLatch::countDown);
        queues.close();
    }

    /** A task that runs until its gate is opened. */
    private CountDownLatch run(String host, String name) {
        CountDownLatch gate = new CountDownLatch(1);
        gates.add(gate);
        assertThat(queues.run(host, () -> {
                    begun.add(name);
                    try {
                        gate.await(20, TimeUnit.SECONDS);
                    } catch (InterruptedException closed) {
                        Thread.currentThread().interrupt();
                    }
                }))
                .isTrue();
        return gate;
    }

    private String next() throws InterruptedException {
        return begun.poll(10, TimeUnit.SECONDS);
    }

    @Test
    void silentHost_holdsUpNobodyElse() throws Exception {
        run("silent", "s1");
        run("silent", "s2");
        run("silent", "s3");
        assertThat(List.of(next(), next())).containsExactlyInAnyOrder("s1", "s2");
        for (int i = 0; i < 10; i++) {
            CountDownLatch gate = run("quick", "q" + i);
            assertThat(next()).isEqualTo("q" + i);
            gate.countDown();
        }
    }

    @Test
    void hosts_takeTurns_whenAThreadIsFree() throws Exception {
        CountDownLatch first = run("a", "a1");
        run("a", "a2");
        run("b", "b1");
        assertThat(List.of(next(), next(), next())).containsExactlyInAnyOrder("a1", "a2", "b1");
        CountDownLatch third = run("a", "a3");
        run("a", "a4");
        run("c", "c1");
        first.countDown();
        assertThat(next()).isEqualTo("a3");
        third.countDown();
        assertThat(next()).isEqualTo("c1");
    }

    @Test
    void tooManyWaiting_areTurnedAway_untilThereIsRoom() throws Exception {
        CountDownLatch gate = run("a", "a1");
        run("a", "a2");
        next();
        next();
        for (int i = 0; i < 4; i++) {
            run("a", "w" + i);
        }
        assertThat(queues.run("a", () -> begun.add("too many"))).isFalse();
        gate.countDown();
        assertThat(next()).isEqualTo("w0");
        run("a", "w4");
    }

    @Test
    void failingTask_costsNoThread() throws Exception {
        for (int i = 0; i < 4; i++) {
            CountDownLatch over = new CountDownLatch(1);
            assertThat(queues.run("a", () -> {
                        over.countDown();
                        throw new IllegalStateException("thrown by the test");
                    }))
                    .isTrue();
            assertThat(over.await(10, TimeUnit.SECONDS)).isTrue();
        }
        run("a", "well");
        assertThat(next()).isEqualTo("well");
    }

    @Test
    void closed_takesNothing() {
        queues.close();
        assertThat(queues.run("a", () -> begun.add("late"))).isFalse();
    }
}
