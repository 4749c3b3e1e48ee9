package dev.waggle.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LongQueueTest {
    @Property
    void addAndRemove_inAnyOrder_isFirstInFirstOut(@ForAll @Size(max = 400) List<Boolean> adds) {
        LongQueue queue = new LongQueue();
        ArrayDeque<Long> model = new ArrayDeque<>();
        long next = 0;
        for (boolean add : adds) {
            if (add || model.isEmpty()) {
                for (int i = 0; i < 3; i++) {
                    queue.add(next);
                    model.add(next++);
                }
            } else {
                assertThat(queue.remove()).isEqualTo(model.remove());
            }
            assertThat(queue.size()).isEqualTo(model.size());
        }
    }

    @Test
    void remove_whenEmpty_isRefused() {
        assertThatThrownBy(() -> new LongQueue().remove()).isInstanceOf(IllegalStateException.class);
    }
}
