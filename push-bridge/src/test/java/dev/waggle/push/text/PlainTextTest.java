package dev.waggle.push.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PlainTextTest {
    private static final String FAMILY = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67";
    private static final String WAVE = "\uD83D\uDC4B\uD83C\uDFFD";

    @Test
    void line_keepsWhatPeopleWrite() {
        assertThat(PlainText.line("Grüße, 世界 " + FAMILY + WAVE + " مرحبا", 120))
                .isEqualTo("Grüße, 世界 " + FAMILY + WAVE + " مرحبا");
    }

    @Test
    void line_isOneLineWithoutControlCharacters() {
        assertThat(PlainText.line("  a\r\n\tb\u0000\u0007c\u2028d\u00a0 e ", 120))
                .isEqualTo("a b c d e");
    }

    @Test
    void line_hasNothingThatTurnsTextAround() {
        assertThat(PlainText.line("pay \u202Eeur\u202C \u2067x\u2069\uFEFF", 120))
                .isEqualTo("pay eur x");
    }

    @Test
    void line_ofALongText_isCutByCharactersWithAnEllipsis() {
        String long121 = "\uD83D\uDE00".repeat(121);

        String cut = PlainText.line(long121, 120);
        assertThat(cut.codePointCount(0, cut.length())).isEqualTo(120);
        assertThat(cut).isEqualTo("\uD83D\uDE00".repeat(119) + "…");
        assertThat(PlainText.line("x".repeat(120), 120)).hasSize(120).doesNotContain("…");
    }

    @Test
    void line_isNotCutWithinWhatIsShownAsOne() {
        assertThat(PlainText.line("ab" + FAMILY + "cd", 5)).isEqualTo("ab…");
        assertThat(PlainText.line("abc" + WAVE + "d", 5)).isEqualTo("abc…");
        assertThat(PlainText.line("abce\u0301fg", 5)).isEqualTo("abc…");
    }

    @Test
    void line_replacesHalvesOfPairs() {
        assertThat(PlainText.line("a\uD83Db\uDE00", 120)).isEqualTo("a\uFFFDb\uFFFD");
    }

    @Property
    void line_ofAnyText_isShortWellFormedAndPlain(@ForAll String text, @ForAll @IntRange(min = 1, max = 30) int most) {
        String line = PlainText.line(text, most);

        assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(most);
        assertThat(new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(line);
        assertThat(line.codePoints()).noneMatch(Character::isISOControl);
        assertThat(line.codePoints()).noneMatch(point -> point >= 0x202A && point <= 0x202E);
    }

    @Property
    void beginning_ofAnyText_isWholeCharactersOfSoManyBytes(
            @ForAll String text, @ForAll @IntRange(min = 0, max = 30) int most) {
        String formed = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        String beginning = PlainText.beginning(formed, most);

        int bytes = beginning.getBytes(StandardCharsets.UTF_8).length;
        assertThat(formed).startsWith(beginning);
        assertThat(bytes).isLessThanOrEqualTo(most);
        assertThat(beginning.equals(formed) || bytes > most - 4).isTrue();
    }

    @Test
    void isolated_keepsTheOtherDirectionApart() {
        assertThat(PlainText.isolated("bob", false)).isEqualTo("bob");
        assertThat(PlainText.isolated("שלום", false)).isEqualTo("\u2068שלום\u2069");
        assertThat(PlainText.isolated("bob", true)).isEqualTo("\u2068bob\u2069");
        assertThat(PlainText.isolated("12", true)).isEqualTo("12");
    }
}
