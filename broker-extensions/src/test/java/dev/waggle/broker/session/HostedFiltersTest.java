package dev.waggle.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.message.Filter;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostedFiltersTest {
    private final HostedFilters filters = new HostedFilters();

    @Test
    void lose_tellsWhatEndsAndWhatIsLowered_once() {
        filters.change(
                List.of(Filter.of("a", 2), Filter.of("b", 1), Filter.of("c", 1), Filter.of("u/bob/#", 1)),
                List.of(),
                filter -> filter.startsWith("u/"));

        HostedFilters.Loss loss = filters.lose(all -> List.of(Filter.of("a", 0), Filter.of("b", 1)));

        assertThat(loss.ended()).containsExactly("c");
        assertThat(loss.lowered()).containsExactly(Filter.of("a", 0));
        assertThat(filters.all()).containsExactlyInAnyOrder(Filter.of("a", 0), Filter.of("b", 1));
        assertThat(filters.lose(all -> all).isNone()).isTrue();
    }

    @Test
    void change_removesAndReplaces() {
        filters.restore(List.of(Filter.of("a", 2), Filter.of("b", 1)));
        filters.change(List.of(Filter.of("b", 0)), List.of("a"), filter -> false);

        assertThat(filters.all()).containsExactly(Filter.of("b", 0));
    }
}
