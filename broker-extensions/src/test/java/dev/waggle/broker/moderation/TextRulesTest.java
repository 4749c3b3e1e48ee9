package dev.waggle.broker.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.Bytes;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextRulesTest {
    private static final WordSet WORDS = WordSet.of(
                    List.of("casino", "Casino Royale", "\u8d4c\u573a", "stra\u00dfe", "c0in"))
            .get();

    private static TextRules words() {
        return new TextRules(WORDS, Verdict.REFUSE, HostRule.NONE, Verdict.ALLOW);
    }

    private static TextRules hosts(Set<String> allowed, Set<String> denied) {
        return new TextRules(WordSet.NONE, Verdict.ALLOW, new HostRule(allowed, denied), Verdict.FLAG);
    }

    private static String found(TextRules rules, String text) {
        return rules.look(Bytes.utf8(text)).found();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "casino",
                "the CASINO!",
                "c\u200ba\u00adsi\u2060no",
                "\uff23\uff21\uff33\uff29\uff2e\uff2f",
                "{\"text\":\"casino\"}",
                "a casino  \n royale",
                "\u53bb\u8d4c\u573a\u5427",
                "Auf der STRASSE",
                "c0in,"
            })
    void word_isFound_howeverItIsWritten(String text) {
        assertThat(words().look(Bytes.utf8(text)).verdict()).isEqualTo(Verdict.REFUSE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "casinos", "occasino", "cas ino", "c0ins", "casin", "nothing"})
    void partOfAWord_isNone(String text) {
        assertThat(words().look(Bytes.utf8(text))).isEqualTo(Finding.NOTHING);
    }

    @Test
    void whatIsNoText_passes() {
        assertThat(words().look(Bytes.wrap(new byte[] {(byte) 0xff, 'c', 'a', 's', 'i', 'n', 'o'})))
                .isEqualTo(Finding.NOTHING);
    }

    @Property
    void manyWords_areFoundLikeOneAfterTheOther(
            @ForAll @Size(max = 6)
                    List<@AlphaChars @CharRange(from = 'a', to = 'b') @StringLength(min = 2, max = 5) String> words,
            @ForAll @CharRange(from = 'a', to = 'b') @CharRange(from = ' ', to = ' ') @StringLength(max = 40)
                    String text) {
        WordSet set = WordSet.of(
                        words.stream().filter(word -> word.matches("[ab]+")).toList())
                .get();
        String folded = Folding.of(text);
        boolean expected = List.of(folded.split(" ")).stream()
                .anyMatch(word -> words.stream().anyMatch(one -> one.matches("[ab]+") && one.equalsIgnoreCase(word)));

        assertThat(set.find(folded) != null).isEqualTo(expected);
    }

    @Test
    void longestBody_ofTheWorstKind_isQuick() {
        WordSet set = WordSet.of(List.of("a".repeat(64), "b", "aa", "a".repeat(63) + "b", "ab".repeat(30))
                        .subList(2, 5))
                .get();
        Bytes body = Bytes.utf8("a".repeat(65_536));
        long began = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            assertThat(new TextRules(set, Verdict.REFUSE, HostRule.NONE, Verdict.ALLOW).look(body))
                    .isEqualTo(Finding.NOTHING);
        }
        assertThat(System.nanoTime() - began).isLessThan(10_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource({
        "see evil.example now, evil.example",
        "see https://evil.example/x?y, evil.example",
        "see HTTPS://a.b.EVIL.example:80/, a.b.evil.example",
        "https://good.example@evil.example/, evil.example",
        "http://xn--bcher-kva.example, b\u00fccher.example",
        "mail me: bob@evil.example, evil.example",
    })
    void deniedHost_isFoundAnywhere(String text, String host) {
        assertThat(found(hosts(Set.of(), Set.of("evil.example", "b\u00fccher.example")), text))
                .isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"notevil.example", "evil.example.org", "https://evil.example@good.example/", "evil", "e.g. this"
            })
    void otherHosts_areNotDenied(String text) {
        assertThat(found(hosts(Set.of(), Set.of("evil.example")), text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://other.example/a, other.example",
        "www.other.example, www.other.example",
        "https://good.example:x@other.example/, other.example",
        "//other.example, other.example",
    })
    void withAllowedHosts_addressesLeadNowhereElse(String text, String host) {
        assertThat(found(hosts(Set.of("good.example"), Set.of()), text)).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://good.example/a",
                "http://www.good.example",
                "notes.txt",
                "3.5 and 4.5",
                "bob@other.example"
            })
    void withAllowedHosts_allElsePasses(String text) {
        assertThat(found(hosts(Set.of("good.example"), Set.of()), text)).isEmpty();
    }

    @Test
    void strictestOfTwoFindings_counts() {
        TextRules both =
                new TextRules(WORDS, Verdict.SHADOW, new HostRule(Set.of(), Set.of("evil.example")), Verdict.REFUSE);

        assertThat(both.look(Bytes.utf8("casino at evil.example")).verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(both.look(Bytes.utf8("casino")).verdict()).isEqualTo(Verdict.SHADOW);
    }

    @Test
    void listOfWords_hasLimits() {
        assertThat(WordSet.of(List.of("a")).isOk()).isFalse();
        assertThat(WordSet.of(List.of("\u200b\u200b\u200b")).isOk()).isFalse();
        assertThat(WordSet.of(List.of("a".repeat(65))).isOk()).isFalse();
    }
}
