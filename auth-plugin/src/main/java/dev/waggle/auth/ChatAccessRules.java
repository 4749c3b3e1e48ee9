package dev.waggle.auth;

import dev.waggle.spec.topic.TopicFilters;
import java.util.List;

/**
 * The access rule of PROTOCOL §2: everything of a user lies under {@code u/{user}/}; other topics are closed unless a
 * rule opens them. Decides containment of filters itself, for the host's own permissions do not. Pure, immutable; any
 * thread.
 */
public final class ChatAccessRules implements AccessRules {
    private static final int NOT_AUTHORIZED = 0x87;
    private static final int TOPIC_NAME_INVALID = 0x90;

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
    public Access publish(Identity identity, String topic) {
        if (!TopicFilters.name(topic, TopicFilters.MAX_BYTES).isOk()) {
            return new Access.Refused(TOPIC_NAME_INVALID, "no topic name: 1 to 65,535 bytes of text without + # NUL");
        }
        if (isChat(topic)) {
            return topic.startsWith(home(identity))
                    ? Access.ALLOWED
                    : new Access.Refused(NOT_AUTHORIZED, "under u/ only " + home(identity) + " is open to you");
        }
        return ordinary(identity, TopicRule.Action.PUBLISH, topic)
                ? Access.ALLOWED
                : new Access.Refused(NOT_AUTHORIZED, "no rule opens this topic to you for publishing");
    }

    @Override
    public Access subscribe(Identity identity, String filter) {
        boolean allowed = TopicFilters.containedIn(filter, home(identity))
                || (TopicFilters.filter(filter, TopicFilters.MAX_BYTES).isOk()
                        && !isChat(filter)
                        && ordinary(identity, TopicRule.Action.SUBSCRIBE, filter));
        return allowed
                ? Access.ALLOWED
                : new Access.Refused(
                        NOT_AUTHORIZED,
                        "a filter must lie wholly inside " + home(identity) + " or inside what a rule opens to you");
    }

    private boolean ordinary(Identity identity, TopicRule.Action action, String legal) {
        if (legal.startsWith("$")) {
            return false;
        }
        for (TopicRule rule : rules) {
            if (rule.allows(identity, action, legal)) {
                return true;
            }
        }
        return false;
    }

    private static String home(Identity identity) {
        return "u/" + identity.user() + "/";
    }
}
