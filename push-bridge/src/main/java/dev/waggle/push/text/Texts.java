package dev.waggle.push.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The texts in the languages that we have; English for all others. Immutable. */
final class Texts {
    /** Of each there is a file beside this class. */
    static final List<String> LANGUAGES = List.of("ar", "de", "en", "es", "fr");

    private static final String OTHERWISE = "en";
    private static final Set<String> RIGHT_TO_LEFT = Set.of("ar");

    private static final Pattern PLACE = Pattern.compile("\\{([0-9])\\}");

    private final Map<String, Properties> byLanguage = new HashMap<>();

    Texts() {
        for (String language : LANGUAGES) {
            byLanguage.put(language, load("texts_" + language + ".properties"));
        }
    }

    private static Properties load(String file) {
        Properties texts = new Properties();
        try (InputStream in = Texts.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the texts " + file + " are missing in this build");
            }
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the texts " + file + " cannot be read", e);
        }
        return texts;
    }

    /** The names of all texts of a language. */
    Set<String> names(String language) {
        return texts(language).stringPropertyNames();
    }

    /**
     * A text, filled in. What is filled in keeps its own direction of writing.
     *
     * @throws IllegalArgumentException if there is no text of this name
     */
    String say(Locale locale, String name, List<String> arguments) {
        String language = language(locale);
        String text = texts(language).getProperty(name);
        if (text == null) {
            throw new IllegalArgumentException("no text " + name + " in " + language);
        }
        boolean rightToLeft = RIGHT_TO_LEFT.contains(language);
        return PLACE.matcher(text).replaceAll(place -> {
            String argument = arguments.get(Integer.parseInt(place.group(1)));
            return Matcher.quoteReplacement(PlainText.isolated(argument, rightToLeft));
        });
    }

    /** A text about a number of something, in the form that the language has for the number. */
    String count(Locale locale, String name, int count) {
        return say(locale, name + "." + Plural.of(language(locale), count).code(), List.of(String.valueOf(count)));
    }

    private static String language(Locale locale) {
        String language = locale.getLanguage();
        return LANGUAGES.contains(language) ? language : OTHERWISE;
    }

    private Properties texts(String language) {
        Properties texts = byLanguage.get(language);
        if (texts == null) {
            throw new IllegalArgumentException("no texts in " + language);
        }
        return texts;
    }
}
