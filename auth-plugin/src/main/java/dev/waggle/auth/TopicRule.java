package dev.waggle.auth;

import dev.waggle.spec.Parsed;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.topic.TopicFilters;
import java.util.Set;
import java.util.function.Function;

/**
 * Opens ordinary topics, those outside {@code u/}, which are closed otherwise. There are only rules that allow.
 *
 * @param actions what it allows; empty allows nothing
 * @param roles whom it allows that; empty allows nobody
 * @param filter an MQTT topic filter in which a whole level may be {@code ${user}} or {@code ${device}}. Its first level
 *     is no wildcard and neither {@code u} nor {@code $…}, so that no rule can open the chat or the host's own topics
 */
public record TopicRule(Set<Action> actions, Set<Actor.Role> roles, String filter) {
    private static final String USER = "${user}";
    private static final String DEVICE = "${device}";

    /** What one does with a topic. */
    public enum Action {
        PUBLISH,
        SUBSCRIBE
    }

    /** @throws IllegalArgumentException if the filter is not allowed; {@link #parse} says so without throwing */
    public TopicRule {
        actions = Set.copyOf(actions);
        roles = Set.copyOf(roles);
        check(filter).fold(Function.identity(), reason -> {
            throw new IllegalArgumentException(reason);
        });
    }

    /** Reads a rule of a configuration. */
    public static Parsed<TopicRule> parse(Set<Action> actions, Set<Actor.Role> roles, String filter) {
        return check(filter).then(legal -> Parsed.ok(new TopicRule(actions, roles, legal)));
    }

    /**
     * True if the rule allows the identity the action on every topic that the filter matches.
     *
     * @param legal a legal topic name or filter, not under {@code u/} and not under {@code $}
     */
    boolean allows(Identity identity, Action action, String legal) {
        return actions.contains(action)
                && roles.contains(identity.role())
                && (identity.device() != null || !filter.contains(DEVICE))
                && TopicFilters.covers(filled(identity), legal);
    }

    /** Ids have no character that means anything in a filter, so nothing can be smuggled in. */
    private String filled(Identity identity) {
        String withUser = filter.replace(USER, identity.user().value());
        return identity.device() == null
                ? withUser
                : withUser.replace(DEVICE, identity.device().value());
    }

    private static Parsed<String> check(String filter) {
        return TopicFilters.filter(filter, TopicFilters.MAX_BYTES).then(TopicRule::checkLevels);
    }

    private static Parsed<String> checkLevels(String filter) {
        String[] levels = filter.split("/", -1);
        String first = levels[0];
        if (first.equals("u") || first.equals("+") || first.equals("#")) {
            return Parsed.bad("a topic rule must not begin with u, + or #: u/ is the chat, which no rule opens");
        }
        for (String level : levels) {
            boolean placeholder = level.equals(USER) || level.equals(DEVICE);
            if (!placeholder && level.contains("$")) {
                return Parsed.bad("a level of a topic rule is text without $, a wildcard, " + USER + " or " + DEVICE);
            }
        }
        return Parsed.ok(filter);
    }
}
