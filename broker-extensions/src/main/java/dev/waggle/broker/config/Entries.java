package dev.waggle.broker.config;

import dev.waggle.spec.Parsed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A list whose entries have keys of their own.
 *
 * @param path of the list
 */
record Entries(String path) {
    static final Entries ISSUERS = new Entries("issuers");
    static final Entries EXCHANGE = new Entries("exchange");
    static final Entries PUSH_APPS = new Entries("push.apps");
    static final List<Entries> ALL = List.of(ISSUERS, EXCHANGE, PUSH_APPS);

    private Matcher match(String given) {
        return Pattern.compile(Pattern.quote(path) + "(\\[[0-9]+])\\.(.+)").matcher(given);
    }

    /** True for a key of an entry. */
    boolean holds(String given) {
        return match(given).matches();
    }

    /** The keys of each entry by the prefix of their paths, in the order of the file. */
    Map<String, Map<String, Given>> of(Map<String, Given> given) {
        Map<String, Map<String, Given>> entries = new LinkedHashMap<>();
        given.forEach((key, value) -> {
            Matcher entry = match(key);
            if (entry.matches()) {
                entries.computeIfAbsent(path + entry.group(1) + ".", at -> new LinkedHashMap<>())
                        .put(entry.group(2), value);
            }
        });
        return entries;
    }

    /** Its entries have settings of their own; what is seen here is a list without any. */
    static Setting<List<String>> setting(Entries list, String meaning) {
        return new Setting<>(
                list.path(),
                "",
                "[]",
                new Kind<>(
                        "a list of entries with the keys below",
                        words -> words.isEmpty() ? Parsed.ok(words) : Parsed.bad("is no list of entries")),
                meaning);
    }
}
