package dev.waggle.broker.config;

import dev.waggle.auth.Roles;
import dev.waggle.auth.TopicGrant;
import dev.waggle.auth.TopicRule;
import dev.waggle.spec.Parsed;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Rules for ordinary topics, one line each: roles, then what they may ({@link TopicGrant}), such as {@code user|service
 * publish telemetry/${user}/# qos<=1 noretain}. Several roles or actions are separated by {@code |}.
 */
final class TopicRules {
    static final Kind<List<TopicRule>> KIND = new Kind<>(
            "a list of 'ROLES ACTIONS FILTER [qos<=N] [noretain]': names of roles, " + TopicGrant.ALLOWED,
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
        String[] parts = line.strip().split("\\s+", 2);
        return parts.length < 2
                ? Parsed.bad("three words are needed: ROLES ACTIONS FILTER")
                : roles(parts[0])
                        .then(roles ->
                                TopicGrant.parse(parts[1]).then(grant -> Parsed.ok(new TopicRule(roles, grant))));
    }

    /** Whether there are such roles is seen when the whole configuration is there. */
    private static Parsed<Set<String>> roles(String words) {
        List<String> names = List.of(words.split("\\|", -1));
        return names.stream()
                .filter(name -> !name.matches(Roles.NAME))
                .findFirst()
                .map(name -> Parsed.<Set<String>>bad("'" + name + "' is no name of a role"))
                .orElseGet(() -> Parsed.ok(Set.copyOf(new LinkedHashSet<>(names))));
    }

    /** What the rules say of roles that are none. */
    static void check(WaggleConfig.Rights rights, List<Problem> problems) {
        rights.topicRules().stream()
                .flatMap(rule -> rule.roles().stream())
                .filter(name -> !name.equals(Roles.ANONYMOUS)
                        && !rights.roles().parse(name).isOk())
                .distinct()
                .sorted()
                .forEach(name -> problems.add(new Problem(
                        Settings.TOPIC_RULES.path(),
                        "speaks of the role '" + name + "', which is none",
                        "roles are " + rights.roles().names() + "; more are named in roles")));
    }
}
