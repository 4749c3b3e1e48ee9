package dev.waggle.auth;

import static dev.waggle.auth.TopicGrant.Action.PUBLISH;
import static dev.waggle.auth.TopicGrant.Action.SUBSCRIBE;

import dev.waggle.spec.topic.TopicFilters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The access rule of PROTOCOL §2: everything of a user lies under {@code u/{user}/}; other topics are closed unless a
 * rule opens them. Decides containment of filters itself, for the host's own permissions do not. Pure, immutable; any
 * thread.
 */
public final class ChatAccessRules implements AccessRules {
    private static final int NOT_AUTHORIZED = 0x87;
    private static final int TOPIC_NAME_INVALID = 0x90;

    /** Below every QoS: no rule. */
    private static final int NOTHING = -1;

    private final List<TopicRule> rules;

    /** @param rules for ordinary topics; an empty list opens none */
    public ChatAccessRules(List<TopicRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** True for {@code u} and all that lies under it: topics of the chat, whoever they belong to. */
    public static boolean isChat(String topic) {
        return topic.equals("u") || topic.startsWith("u/");
    }

    @Override
    public Access publish(Identity identity, String topic, int qos, boolean retain) {
        if (!TopicFilters.name(topic, TopicFilters.MAX_BYTES).isOk()) {
            return new Access.Refused(TOPIC_NAME_INVALID, "no topic name: 1 to 65,535 bytes of text without + # NUL");
        }
        if (isChat(topic)) {
            return !identity.isAnonymous() && topic.startsWith(home(identity))
                    ? Access.ALLOWED
                    : new Access.Refused(NOT_AUTHORIZED, closed(identity));
        }
        return ordinary(identity, topic, qos, retain);
    }

    private Access ordinary(Identity identity, String topic, int qos, boolean retain) {
        Access byRules =
                publish(rules(identity, PUBLISH, topic), qos, retain, "no rule opens this topic to you for publishing");
        List<TopicGrant> claimed = claimed(identity, PUBLISH, topic);
        return claimed == null || !byRules.allowed()
                ? byRules
                : publish(claimed, qos, retain, "your token does not open this topic to you for publishing");
    }

    private static Access publish(List<TopicGrant> grants, int qos, boolean retain, String closed) {
        if (grants.stream().anyMatch(grant -> qos <= grant.maxQos() && (grant.retain() || !retain))) {
            return Access.ALLOWED;
        }
        return new Access.Refused(
                NOT_AUTHORIZED,
                grants.isEmpty() ? closed : closed + " with QoS " + qos + (retain ? " and retained" : ""));
    }

    @Override
    public Access subscribe(Identity identity, String filter) {
        if (!identity.isAnonymous() && TopicFilters.containedIn(filter, home(identity))) {
            return Access.ALLOWED;
        }
        boolean ordinary = TopicFilters.filter(filter, TopicFilters.MAX_BYTES).isOk() && !isChat(filter);
        int highest = ordinary ? highest(rules(identity, SUBSCRIBE, filter)) : NOTHING;
        List<TopicGrant> claimed = claimed(identity, SUBSCRIBE, filter);
        if (claimed != null) {
            highest = Math.min(highest, highest(claimed));
        }
        return highest == NOTHING
                ? new Access.Refused(
                        NOT_AUTHORIZED,
                        "a filter must lie wholly inside " + home(identity)
                                + " or inside what a rule and the token open to you")
                : new Access.Allowed(highest);
    }

    private static int highest(List<TopicGrant> grants) {
        return grants.stream().mapToInt(TopicGrant::maxQos).max().orElse(NOTHING);
    }

    /** What the rules say of this topic or filter; nothing of the host's own ones. */
    private List<TopicGrant> rules(Identity identity, TopicGrant.Action action, String legal) {
        return legal.startsWith("$")
                ? List.of()
                : rules.stream()
                        .filter(rule -> rule.covers(identity, action, legal))
                        .map(TopicRule::grant)
                        .toList();
    }

    /** What the token says of it; null if it says nothing of topics. It only narrows what the rules open. */
    private static @Nullable List<TopicGrant> claimed(Identity identity, TopicGrant.Action action, String legal) {
        List<TopicGrant> topics = identity.topics();
        return topics == null
                ? null
                : topics.stream()
                        .filter(grant -> grant.covers(identity, action, legal))
                        .toList();
    }

    private static String closed(Identity identity) {
        return identity.isAnonymous()
                ? "without a token there is no chat"
                : "under u/ only " + home(identity) + " is open to you";
    }

    private static String home(Identity identity) {
        return "u/" + identity.user() + "/";
    }
}
