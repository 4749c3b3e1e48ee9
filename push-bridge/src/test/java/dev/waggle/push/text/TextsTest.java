package dev.waggle.push.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class TextsTest {
    static final List<String> LANGUAGES = Texts.LANGUAGES;
    private final Texts texts = new Texts();

    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void everyLanguage_hasEveryText(String language) {
        Locale locale = Locale.forLanguageTag(language);
        for (String name : texts.names("en")) {
            if (!name.endsWith(".one") && !name.endsWith(".other")) {
                assertThat(texts.say(locale, name, List.of("A", "B")))
                        .as("%s in %s", name, language)
                        .isNotBlank()
                        .doesNotContain("{");
            }
        }
        for (int count = 1; count < 210; count++) {
            assertThat(texts.count(locale, "messages", count)).isNotBlank().doesNotContain("{");
            assertThat(texts.count(locale, "mentions", count)).isNotBlank().doesNotContain("{");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "en, 1, New message",
        "en, 2, 2 new messages",
        "de, 1, Neue Nachricht",
        "de, 17, 17 neue Nachrichten",
        "fr, 2, 2 nouveaux messages",
        "es, 1, Mensaje nuevo",
        "ar, 1, رسالة جديدة",
        "ar, 2, رسالتان جديدتان",
        "ar, 3, 3 رسائل جديدة",
        "ar, 10, 10 رسائل جديدة",
        "ar, 11, 11 رسالة جديدة",
        "ar, 99, 99 رسالة جديدة",
        "ar, 100, 100 رسالة جديدة",
        "ar, 103, 103 رسائل جديدة",
    })
    void count_hasTheFormOfTheLanguage(String language, int count, String text) {
        assertThat(texts.count(Locale.forLanguageTag(language), "messages", count))
                .isEqualTo(text);
    }

    @Test
    void plurals_ofArabic_areThoseOfCldr() {
        assertThat(Plural.of("ar", 101)).isEqualTo(Plural.OTHER);
        assertThat(Plural.of("ar", 102)).isEqualTo(Plural.OTHER);
        assertThat(Plural.of("ar", 110)).isEqualTo(Plural.FEW);
        assertThat(Plural.of("ar", 111)).isEqualTo(Plural.MANY);
    }

    @ParameterizedTest
    @CsvSource({"de-AT, Eingehender Anruf", "fr-CA, Appel entrant", "nl, Incoming call", "und, Incoming call"})
    void locales_withoutTextsOfTheirOwn_haveThoseOfTheirLanguageOrEnglish(String tag, String text) {
        assertThat(texts.say(Locale.forLanguageTag(tag), "call", List.of())).isEqualTo(text);
    }

    @Test
    void whatIsFilledIn_isNotLookedInto() {
        assertThat(texts.say(Locale.ENGLISH, "said", List.of("a{1}", "b$1\\{0}")))
                .isEqualTo("a{1}: b$1\\{0}");
    }
}
