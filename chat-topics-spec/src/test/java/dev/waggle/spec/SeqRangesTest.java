package dev.waggle.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** A set of seqs does what a set of numbers does, in the fewest ranges. */
class SeqRangesTest {
    @Property
    void ranges_ofAnyOrder_areTheSetOfTheirSeqs(
            @ForAll("some") List<SeqRange> some, @ForAll("some") List<SeqRange> more) {
        TreeSet<Long> model = model(some);
        SeqRanges set = new SeqRanges(some);
        assertThat(set.each()).containsExactlyElementsOf(model);
        assertThat(set.count()).isEqualTo(model.size());
        assertThat(set).isEqualTo(SeqRanges.ofEach(List.copyOf(model)));
        for (long seq = 1; seq < 80; seq++) {
            assertThat(set.contains(seq)).isEqualTo(model.contains(seq));
        }
        assertThat(set.within(20, 40).each()).containsExactlyElementsOf(model.subSet(20L, 41L));
        model.addAll(model(more));
        assertThat(set.with(new SeqRanges(more)).each()).containsExactlyElementsOf(model);
    }

    @Property
    void ranges_areTheFewest(@ForAll("some") List<SeqRange> some) {
        List<SeqRange> ranges = new SeqRanges(some).ranges();
        for (int i = 1; i < ranges.size(); i++) {
            assertThat(ranges.get(i).from()).isGreaterThan(ranges.get(i - 1).to() + 1);
        }
    }

    @Test
    void count_ofMoreThanANumberHolds_isTheHighest() {
        assertThat(SeqRanges.of(1, Long.MAX_VALUE).count()).isEqualTo(Long.MAX_VALUE);
        assertThat(new SeqRanges(List.of(
                                new SeqRange(1, Long.MAX_VALUE - 5), new SeqRange(Long.MAX_VALUE - 1, Long.MAX_VALUE)))
                        .with(SeqRanges.of(3, Long.MAX_VALUE))
                        .count())
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void range_backwardsOrBelowOne_isRefused() {
        assertThatThrownBy(() -> SeqRanges.of(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SeqRanges.of(5, 4)).isInstanceOf(IllegalArgumentException.class);
    }

    private static TreeSet<Long> model(List<SeqRange> ranges) {
        TreeSet<Long> seqs = new TreeSet<>();
        for (SeqRange range : ranges) {
            for (long seq = range.from(); seq <= range.to(); seq++) {
                seqs.add(seq);
            }
        }
        return seqs;
    }

    @Provide
    Arbitrary<List<SeqRange>> some() {
        return Combinators.combine(
                        Arbitraries.longs().between(1, 60), Arbitraries.longs().between(0, 9))
                .as((from, more) -> new SeqRange(from, from + more))
                .list()
                .ofMaxSize(8);
    }
}
