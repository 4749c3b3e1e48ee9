package dev.waggle.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CutTest {

    private static int size(Push push) {
        Alert alert = push.alert();
        String texts = alert == null ? "" : alert.title() + alert.body() + alert.bodyArguments();
        return bytes(texts + push.dismiss())
                + (push.sealed() == null ? 0 : push.sealed().size());
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static Push of(Alert alert) {
        Push any = Pushes.full();
        return new Push(
                any.id(), any.user(), any.device(), any.kind(), "t", null, 1, 1, alert, null, null, null, List.of(), 0);
    }

    private static Push update(List<String> dismiss) {
        Push any = Pushes.message("hello");
        return new Push(
                any.id(), any.user(), any.device(), Push.Kind.UPDATE, "t", null, 0, 0, null, null, null, 1, dismiss, 0);
    }

    @Test
    void push_thatFits_isTheSame() {
        assertThat(Cut.toSize(Pushes.message("hello"), 4_096, CutTest::size)).contains(Pushes.message("hello"));
    }

    @Test
    void body_thatIsTooLong_isCut_theTitleStays() {
        Push cut = Cut.toSize(of(Alert.of("Ann", "x".repeat(5_000))), 100, CutTest::size)
                .orElseThrow();
        assertThat(cut.alert().title()).isEqualTo("Ann");
        assertThat(cut.alert().body()).matches("x{80,}…");
        assertThat(size(cut)).isBetween(98, 100);
    }

    @Property
    void body_ofSurrogatePairs_isNeverSplit(
            @ForAll @IntRange(min = 20, max = 400) int most, @ForAll @IntRange(max = 300) int length) {
        Push cut = Cut.toSize(of(Alert.of(null, "😀".repeat(length))), most, CutTest::size)
                .orElseThrow();
        String body = cut.alert().body();
        assertThat(size(cut)).isLessThanOrEqualTo(most);
        assertThat(new String(body.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(body);
    }

    @Test
    void argumentsOfAText_areCutToo() {
        Alert alert = new Alert("Ann", "new message", "NEW_IN", List.of("group", "y".repeat(500)));
        Push cut = Cut.toSize(of(alert), 100, CutTest::size).orElseThrow();
        assertThat(cut.alert().bodyKey()).isEqualTo("NEW_IN");
        assertThat(cut.alert().bodyArguments().get(0)).isEqualTo("group");
        assertThat(cut.alert().bodyArguments().get(1)).endsWith("…");
    }

    @Test
    void dismissals_thatAreTooMany_areLeftOutFromTheEnd() {
        List<String> threads = IntStream.range(0, 100).mapToObj(i -> "t" + i).toList();
        Push cut = Cut.toSize(update(threads), 100, CutTest::size).orElseThrow();
        assertThat(cut.dismiss()).isEqualTo(threads.subList(0, cut.dismiss().size()));
        assertThat(cut.dismiss()).hasSizeGreaterThan(15);
        assertThat(size(cut)).isLessThanOrEqualTo(100);
    }

    @Test
    void sealedContent_isNotCut() {
        Push any = Pushes.message("hello");
        Push sealed = new Push(
                any.id(),
                any.user(),
                any.device(),
                any.kind(),
                "t",
                null,
                1,
                1,
                any.alert(),
                Bytes.wrap(new byte[200]),
                null,
                null,
                List.of(),
                0);
        assertThat(Cut.toSize(sealed, 100, CutTest::size)).isEmpty();
    }
}
