package dev.waggle.store.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.UserId;
import dev.waggle.store.rules.InboxState;
import org.junit.jupiter.api.Test;

class StateCacheTest {
    private static final int ONE = Weights.of(InboxState.none(new UserId("u")));

    @Test
    void evict_leavesNoMoreThanFits() {
        StateCache cache = new StateCache(10L * ONE);
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 100; i++) {
                put(cache, "u" + round + "x" + i);
            }
            cache.evict();
            assertThat(cache.bytes()).isLessThanOrEqualTo(10L * ONE);
            assertThat(cache.entries()).isEqualTo(10);
        }
    }

    @Test
    void evict_prefersWhatWasNotUsed() {
        StateCache cache = new StateCache(10L * ONE);
        for (int i = 0; i < 10; i++) {
            put(cache, "u" + i);
        }
        put(cache, "more");
        cache.evict(); // every state loses its mark, one goes
        cache.get(new UserId("u5"));
        for (int i = 0; i < 8; i++) {
            put(cache, "new" + i);
        }
        cache.evict();

        assertThat(cache.get(new UserId("u5"))).isNotNull();
    }

    @Test
    void evict_sparesWhatIsPinned_andAPinWaitsForItsState() {
        StateCache cache = new StateCache(0);
        UserId user = new UserId("u");
        cache.pin(user);
        cache.pin(user);
        put(cache, "u");
        put(cache, "v");
        cache.evict();
        assertThat(cache.get(user)).isNotNull();
        assertThat(cache.get(new UserId("v"))).isNull();

        cache.unpin(user);
        cache.evict();
        assertThat(cache.entries()).isEqualTo(1);
        cache.unpin(user);
        cache.evict();
        assertThat(cache.entries()).isZero();
        assertThat(cache.bytes()).isZero();
    }

    @Test
    void unpin_ofAStateThatNeverCame_leavesNothing() {
        StateCache cache = new StateCache(100);
        cache.pin(new UserId("u"));
        cache.unpin(new UserId("u"));

        assertThat(cache.entries()).isZero();
    }

    private static void put(StateCache cache, String name) {
        UserId user = new UserId(name);
        cache.put(user, InboxState.none(user));
    }
}
