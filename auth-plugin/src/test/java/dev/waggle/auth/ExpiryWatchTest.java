package dev.waggle.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ExpiryWatchTest {
    private long now = 1_000_000;
    private final List<String> ended = new ArrayList<>();
    private final ExpiryWatch<String> watch = new ExpiryWatch<>(() -> Instant.ofEpochMilli(now), ended::add);

    @Test
    void tick_beforeExpiry_endsNothing() {
        watch.watch("a", 1_000_001);

        watch.tick();

        assertThat(ended).isEmpty();
        assertThat(watch.size()).isEqualTo(1);
    }

    @Test
    void tick_atExpiry_endsOnce() {
        watch.watch("a", 1_000_000);

        watch.tick();
        watch.tick();

        assertThat(ended).containsExactly("a");
        assertThat(watch.size()).isZero();
    }

    @Test
    void tick_manyDue_allInOrderOfExpiry() {
        watch.watch("late", 999_999);
        watch.watch("early", 5);
        watch.watch("same", 999_999);
        watch.watch("not yet", 1_000_001);

        watch.tick();

        assertThat(ended).containsExactly("early", "late", "same");
    }

    @Test
    void watch_again_replacesTheExpiry() {
        watch.watch("renewed", 1_000_000);
        watch.watch("renewed", 2_000_000);
        watch.watch("narrowed", 2_000_000);
        watch.watch("narrowed", 1_000_000);

        watch.tick();

        assertThat(ended).containsExactly("narrowed");
        assertThat(watch.size()).isEqualTo(1);
    }

    @Test
    void forget_beforeExpiry_neverEnds() {
        watch.watch("a", 1_000_000);
        watch.forget("a");
        watch.forget("unknown");

        watch.tick();

        assertThat(ended).isEmpty();
        assertThat(watch.size()).isZero();
    }

    @Test
    void callback_thatForgetsAndWatches_isFine() {
        List<String> seen = new ArrayList<>();
        List<ExpiryWatch<String>> self = new ArrayList<>();
        ExpiryWatch<String> reentrant = new ExpiryWatch<>(() -> Instant.ofEpochMilli(now), connection -> {
            seen.add(connection);
            self.get(0).forget("b");
            self.get(0).watch("c", 2_000_000);
        });
        self.add(reentrant);
        reentrant.watch("a", 1);
        reentrant.watch("b", 2);

        reentrant.tick();

        assertThat(seen).containsExactly("a");
        assertThat(reentrant.size()).isEqualTo(1);
    }

    @Property(tries = 300)
    void tick_anySequence_endsExactlyWhatIsDue(@ForAll long seed) {
        Random random = new Random(seed);
        List<Integer> over = new ArrayList<>();
        long[] time = {0};
        ExpiryWatch<Integer> watched = new ExpiryWatch<>(() -> Instant.ofEpochMilli(time[0]), over::add);
        Map<Integer, Long> model = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            int connection = random.nextInt(20);
            int what = random.nextInt(4);
            if (what < 2) {
                long expiry = time[0] + random.nextInt(50);
                watched.watch(connection, expiry);
                model.put(connection, expiry);
            } else if (what == 2) {
                watched.forget(connection);
                model.remove(connection);
            } else {
                time[0] += random.nextInt(30);
                over.clear();
                watched.tick();
                Set<Integer> due = new HashSet<>();
                model.forEach((key, expiry) -> {
                    if (expiry <= time[0]) {
                        due.add(key);
                    }
                });
                assertThat(over).containsExactlyInAnyOrderElementsOf(due);
                model.keySet().removeAll(due);
            }
            assertThat(watched.size()).isEqualTo(model.size());
        }
    }

    @Test
    void tick_whileOthersWatchForgetAndTick_endsEachConnectionOnce() throws InterruptedException {
        ConcurrentLinkedQueue<Integer> over = new ConcurrentLinkedQueue<>();
        ExpiryWatch<Integer> shared = new ExpiryWatch<>(() -> Instant.ofEpochMilli(10), over::add);
        int each = 5_000;
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            int base = t * each;
            threads.add(new Thread(() -> {
                for (int i = 0; i < each; i++) {
                    shared.watch(base + i, 100);
                    shared.watch(base + i, 1);
                    shared.tick();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join(20_000);
        }
        shared.tick();

        assertThat(over).hasSize(3 * each).doesNotHaveDuplicates();
        assertThat(shared.size()).isZero();
    }
}
