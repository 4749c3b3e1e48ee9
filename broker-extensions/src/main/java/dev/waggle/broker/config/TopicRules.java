package dev.waggle.broker.config;

import dev.waggle.auth.TopicRule;
import dev.waggle.auth.TopicRule.Action;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.message.Actor;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rules for ordinary topics, one line each: roles, actions, filter, such as {@code user|service publish
 * telemetry/${user}/#}. Several roles or actions are separated by {@code |}.
 */
final class TopicRules {
    static final Kind<List<TopicRule>> KIND = new Kind<>(
            "a list of 'ROLES ACTIONS FILTER': roles of " + names(Actor.Role.class) + ", actions of "
                    + names(Action.class)
                    + ", a filter whose levels may be ${user} or ${device}",
            TopicRules::read);

    private TopicRules() {}

    private static Parsed<List<TopicRule>> read(List<String> lines) {
        List<TopicRule> rules = new ArrayList<>();
        for (String line : lines) {
            Parsed<TopicRule> rule = rule(line);
            if (rule instanceof Parsed.Bad<TopicRule> bad) {
                return Parsed.bad("holds '" + line + "': " + bad.reason());
            }
            rules.add(rule.get());
        }
        return Parsed.ok(List.copyOf(rules));
    }

    private static Parsed<TopicRule> rule(String line) {
        String[] parts = line.strip().split("\\s+", 3);
        if (parts.length < 3) {
            return Parsed.bad("three words are needed");
        }
        return several(Actor.Role.class, parts[0])
                .then(roles ->
                        several(Action.class, parts[1]).then(actions -> TopicRule.parse(actions, roles, parts[2])));
    }

    private static <E extends Enum<E>> Parsed<Set<E>> several(Class<E> type, String words) {
        Set<E> found = EnumSet.noneOf(type);
        for (String word : words.split("\\|", -1)) {
            List<E> same = Stream.of(type.getEnumConstants())
                    .filter(each -> name(each).equals(word))
                    .toList();
            if (same.isEmpty()) {
                return Parsed.bad("'" + word + "' is none of " + names(type));
            }
            found.addAll(same);
        }
        return Parsed.ok(found);
    }

    private static <E extends Enum<E>> String names(Class<E> type) {
        return Stream.of(type.getEnumConstants()).map(TopicRules::name).collect(Collectors.joining(", "));
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
