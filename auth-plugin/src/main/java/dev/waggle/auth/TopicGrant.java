package dev.waggle.auth;

import dev.waggle.spec.DeviceId;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.topic.TopicFilters;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What may be done with some ordinary topics, those outside {@code u/}. As text: {@code ACTIONS FILTER [qos<=N]
 * [noretain]}, words with blanks between, such as {@code publish telemetry/${user}/# qos<=1 noretain}.
 *
 * @param actions what it allows; empty allows nothing
 * @param filter an MQTT topic filter in which a whole level may be {@code ${user}}, {@code ${device}} or {@code ${role}}
 *     (the name of the token's role, not what it is based on). Its first level is no wildcard and neither {@code u} nor
 *     {@code $…}, so that nothing can open the chat or the host's own topics
 * @param maxQos 0…2: of publishes, and granted to subscriptions
 * @param retain whether publishes may be retained, or take what is retained away (an empty retained message)
 */
public record TopicGrant(Set<Action> actions, String filter, int maxQos, boolean retain) {
    static final int EXACTLY_ONCE = 2;
    private static final String USER = "${user}";
    private static final String DEVICE = "${device}";
    private static final String ROLE = "${role}";
    private static final String QOS = "qos<=";
    private static final String NO_RETAIN = "noretain";

    /** The grammar in words, for errors and documents. */
    public static final String ALLOWED = "actions of publish, subscribe, a filter without blanks whose levels may be"
            + " ${user}, ${device} or ${role}; then, if wanted, qos<=0 or qos<=1, and noretain";

    /** What one does with a topic. */
    public enum Action {
        PUBLISH,
        SUBSCRIBE
    }

    /** @throws IllegalArgumentException if filter or QoS are not allowed; {@link #parse} says so without throwing */
    public TopicGrant {
        actions = Set.copyOf(actions);
        check(filter).fold(Function.identity(), reason -> {
            throw new IllegalArgumentException(reason);
        });
        if (maxQos < 0 || maxQos > EXACTLY_ONCE) {
            throw new IllegalArgumentException("maxQos is " + maxQos + ", allowed is 0…2");
        }
    }

    /** With any QoS, and retained. */
    public static TopicGrant of(Set<Action> actions, String filter) {
        return new TopicGrant(actions, filter, EXACTLY_ONCE, true);
    }

    /** Reads the text form; total. */
    public static Parsed<TopicGrant> parse(String text) {
        String[] words = text.strip().split("\\s+");
        if (words.length < 2) {
            return Parsed.bad("needed are " + ALLOWED);
        }
        return actions(words[0])
                .then(actions -> check(words[1])
                        .then(filter -> limits(words)
                                .then(limits -> !limits.retain() && !actions.contains(Action.PUBLISH)
                                        ? Parsed.bad(
                                                NO_RETAIN + " speaks of publishing, which is not among the actions")
                                        : Parsed.ok(
                                                new TopicGrant(actions, filter, limits.maxQos(), limits.retain())))));
    }

    /** As {@link #parse} reads it. */
    public String text() {
        String names = Stream.of(Action.values())
                .filter(actions::contains)
                .map(TopicGrant::name)
                .collect(Collectors.joining("|"));
        return names + " " + filter + (maxQos < EXACTLY_ONCE ? " " + QOS + maxQos : "")
                + (retain ? "" : " " + NO_RETAIN);
    }

    /**
     * True if it speaks of the action, and of every topic that the filter matches.
     *
     * @param identity without a device nothing with {@code ${device}} applies to it
     * @param legal a legal topic name or filter, not under {@code u/} and not under {@code $}
     */
    boolean covers(Identity identity, Action action, String legal) {
        return actions.contains(action)
                && (identity.device() != null || !filter.contains(DEVICE))
                && TopicFilters.covers(filled(identity), legal);
    }

    /** Ids and names of roles have no character that means anything in a filter, so nothing can be smuggled in. */
    private String filled(Identity identity) {
        String named = filter.replace(USER, identity.user().value()).replace(ROLE, identity.roleName());
        DeviceId device = identity.device();
        return device == null ? named : named.replace(DEVICE, device.value());
    }

    private static Parsed<Set<Action>> actions(String words) {
        Set<Action> found = EnumSet.noneOf(Action.class);
        for (String word : words.split("\\|", -1)) {
            Action same = Stream.of(Action.values())
                    .filter(each -> name(each).equals(word))
                    .findFirst()
                    .orElse(null);
            if (same == null) {
                return Parsed.bad("'" + word + "' is none of publish, subscribe");
            }
            found.add(same);
        }
        return Parsed.ok(found);
    }

    private static String name(Action action) {
        return action.name().toLowerCase(Locale.ROOT);
    }

    private record Limits(int maxQos, boolean retain) {}

    private static Parsed<Limits> limits(String[] words) {
        int maxQos = EXACTLY_ONCE;
        boolean retain = true;
        for (int i = 2; i < words.length; i++) {
            boolean isQos = words[i].equals(QOS + 0) || words[i].equals(QOS + 1);
            if (isQos && maxQos == EXACTLY_ONCE) {
                maxQos = words[i].charAt(QOS.length()) - '0';
            } else if (words[i].equals(NO_RETAIN) && retain) {
                retain = false;
            } else {
                return Parsed.bad("'" + words[i] + "' is none of qos<=0, qos<=1, noretain, each at most once");
            }
        }
        return Parsed.ok(new Limits(maxQos, retain));
    }

    private static Parsed<String> check(String filter) {
        return TopicFilters.filter(filter, TopicFilters.MAX_BYTES).then(TopicGrant::checkLevels);
    }

    private static Parsed<String> checkLevels(String filter) {
        String[] levels = filter.split("/", -1);
        String first = levels[0];
        if (first.equals("u") || first.equals("+") || first.equals("#")) {
            return Parsed.bad("a topic rule must not begin with u, + or #: u/ is the chat, which no rule opens");
        }
        for (String level : levels) {
            boolean placeholder = level.equals(USER) || level.equals(DEVICE) || level.equals(ROLE);
            if (!placeholder && level.contains("$")) {
                return Parsed.bad("a level of a topic rule is text without $, a wildcard, " + USER + ", " + DEVICE
                        + " or " + ROLE);
            }
        }
        return Parsed.ok(filter);
    }
}
