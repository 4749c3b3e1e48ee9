package dev.waggle.broker.config;

import dev.waggle.spec.Parsed;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What values a setting takes: reads the words of a file, of the environment or of a flag. Pure.
 *
 * @param allowed readable: what is accepted, for errors and the documents
 * @param read one word, or several for a list
 * @param <T> what it becomes
 */
record Kind<T>(String allowed, Function<List<String>, Parsed<T>> read) {

    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    static Kind<Integer> whole(int from, int to) {
        String allowed = grouped(from) + "…" + grouped(to);
        return one(allowed, text -> {
            String digits = text.replace("_", "");
            if (!digits.matches("-?[0-9]{1,9}")) {
                return Parsed.bad("is no whole number");
            }
            int value = Integer.parseInt(digits);
            return value < from || value > to ? Parsed.bad("is out of range") : Parsed.ok(value);
        });
    }

    static Kind<Integer> port() {
        Kind<Integer> whole = whole(0, 65_535);
        return new Kind<>("0…65535, 0 = any free one", whole.read);
    }

    static Kind<Double> decimal(double from, double to) {
        return one("%s…%s".formatted(plain(from), plain(to)), text -> {
            String digits = text.replace("_", "");
            if (!digits.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
                return Parsed.bad("is no number");
            }
            double value = Double.parseDouble(digits);
            return value < from || value > to ? Parsed.bad("is out of range") : Parsed.ok(value);
        });
    }

    static Kind<Duration> span(String from, String to) {
        return one(
                "%s…%s".formatted(from, to),
                text -> Spans.read(text)
                        .then(span -> span.compareTo(Spans.read(from).get()) < 0
                                        || span.compareTo(Spans.read(to).get()) > 0
                                ? Parsed.bad("is out of range")
                                : Parsed.ok(span)));
    }

    static Kind<Boolean> truth() {
        return one("true or false", text -> switch (text) {
            case "true" -> Parsed.ok(true);
            case "false" -> Parsed.ok(false);
            default -> Parsed.bad("is neither true nor false");
        });
    }

    static <E extends Enum<E>> Kind<E> oneOf(Class<E> type) {
        String allowed = Stream.of(type.getEnumConstants())
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" or "));
        return one(
                allowed,
                text -> Stream.of(type.getEnumConstants())
                        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(text))
                        .findAny()
                        .map(Parsed::ok)
                        .orElseGet(() -> Parsed.bad("is not one of them")));
    }

    /** An address of this machine. Names are not looked up: what a name server says must not open a listener. */
    static Kind<String> address() {
        return one("an IP address or localhost", text -> {
            boolean accepted = text.equals("localhost")
                    || IPV6.matcher(text).matches()
                    || IPV4.matcher(text).matches()
                            && Stream.of(text.split("\\.")).allMatch(part -> Integer.parseInt(part) <= 255);
            return accepted ? Parsed.ok(text) : Parsed.bad("is no address");
        });
    }

    static Kind<String> matching(String allowed, String pattern) {
        return one(allowed, text -> text.matches(pattern) ? Parsed.ok(text) : Parsed.bad("has another form"));
    }

    /** Several words; in the environment and in flags separated by commas. */
    static Kind<List<String>> several(String allowed, String pattern) {
        return new Kind<>(allowed, words -> {
            List<String> parts = words.stream()
                    .flatMap(word -> Stream.of(word.split(",")))
                    .map(String::strip)
                    .filter(word -> !word.isEmpty())
                    .toList();
            return parts.stream()
                    .filter(word -> !word.matches(pattern))
                    .findFirst()
                    .map(word -> Parsed.<List<String>>bad("holds '" + word + "'"))
                    .orElseGet(() -> Parsed.ok(parts));
        });
    }

    /** A list of some of them, or of none. */
    static <E extends Enum<E>> Kind<Set<E>> someOf(Class<E> type) {
        String names = Stream.of(type.getEnumConstants())
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("|"));
        Kind<List<String>> words = several("a list of some of " + names.replace("|", ", "), names);
        return new Kind<>(
                words.allowed,
                given -> words.read.apply(given).then(chosen -> {
                    Set<E> some = EnumSet.noneOf(type);
                    chosen.forEach(name -> some.add(Enum.valueOf(type, name.toUpperCase(Locale.ROOT))));
                    return Parsed.ok(Set.copyOf(some));
                }));
    }

    private static <T> Kind<T> one(String allowed, Function<String, Parsed<T>> read) {
        return new Kind<>(
                allowed, words -> words.size() == 1 ? read.apply(words.get(0)) : Parsed.bad("must be one value"));
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? grouped((long) number) : String.valueOf(number);
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', '_');
    }
}
