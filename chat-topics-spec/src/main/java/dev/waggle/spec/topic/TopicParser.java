package dev.waggle.spec.topic;

import dev.waggle.spec.ConversationName;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Reads the topics that clients publish to (PROTOCOL §2). Total: any string gives a {@link TopicReading}, nothing
 * throws. Refusals are constants, so a flood of bad topics makes no garbage.
 */
public final class TopicParser {
    private static final TopicReading ORDINARY = new TopicReading.Ordinary();
    private static final TopicReading STATE = new TopicReading.Good(new ClientTopic.State());
    private static final TopicReading OF_ANOTHER =
            new TopicReading.OfAnother("topics below u/ belong to one user each: yours begin with u/{your user id}/");
    private static final TopicReading UNKNOWN = new TopicReading.NotInContract(
            "publish to u/{me}/ followed by out/{conv}[/{id}], read/{conv}, now/{conv}, state or call/{method}[/{id}]");
    private static final TopicReading BAD_OUT = new TopicReading.NotInContract(
            "a message goes to u/{me}/out/d/{user}[/{id}] or u/{me}/out/g/{group}[/{id}], ids of [A-Za-z0-9_-]{1,64}");
    private static final TopicReading BAD_READ =
            new TopicReading.NotInContract("a read mark goes to u/{me}/read/d/{user} or u/{me}/read/g/{group}");
    private static final TopicReading BAD_NOW =
            new TopicReading.NotInContract("an ephemeral goes to u/{me}/now/d/{user} or u/{me}/now/g/{group}");
    private static final TopicReading BAD_STATE = new TopicReading.NotInContract("the state goes to u/{me}/state");
    private static final TopicReading BAD_CALL = new TopicReading.NotInContract(
            "a call goes to u/{me}/call/{method}[/{id}], method of [A-Za-z0-9._-]{1,64}, id of [A-Za-z0-9_-]{1,64}");

    private TopicParser() {}

    /** What {@code topic} means when {@code me} publishes to it. */
    public static TopicReading parse(UserId me, String topic) {
        if (!topic.startsWith(Grammar.ROOT_PREFIX)) {
            return outside(topic);
        }
        int end = Grammar.ROOT_PREFIX.length() + me.value().length();
        if (!topic.startsWith(me.value(), Grammar.ROOT_PREFIX.length())
                || (topic.length() > end && topic.charAt(end) != '/')) {
            return OF_ANOTHER;
        }
        Levels levels = new Levels(topic, end + 1);
        if (!levels.next()) {
            return UNKNOWN;
        }
        if (levels.is(Grammar.OUT)) {
            return out(levels);
        }
        if (levels.is(Grammar.NOW)) {
            ConversationName conv = levels.takeConversation();
            return conv == null || !levels.atEnd() ? BAD_NOW : new TopicReading.Good(new ClientTopic.Now(conv));
        }
        if (levels.is(Grammar.READ)) {
            ConversationName conv = levels.takeConversation();
            return conv == null || !levels.atEnd() ? BAD_READ : new TopicReading.Good(new ClientTopic.Read(conv));
        }
        if (levels.is(Grammar.STATE)) {
            return levels.atEnd() ? STATE : BAD_STATE;
        }
        return levels.is(Grammar.CALL) ? call(levels) : UNKNOWN;
    }

    /**
     * True if answers to {@code me} may go to this MQTT 5 Response Topic: a legal topic name below
     * {@code u/{me}/reply/}, at most {@code maxBytes} long.
     */
    public static boolean isReplyTopic(UserId me, String topic, int maxBytes) {
        String prefix = TopicFormatter.prefix(me) + Grammar.REPLY + "/";
        return topic.length() > prefix.length()
                && topic.startsWith(prefix)
                && TopicFilters.name(topic, maxBytes).isOk();
    }

    private static TopicReading outside(String topic) {
        if (topic.equals(Grammar.ROOT)) {
            return OF_ANOTHER;
        }
        Parsed<String> name = TopicFilters.name(topic, TopicFilters.MAX_BYTES);
        return name instanceof Parsed.Bad<String> bad ? new TopicReading.Illegal(bad.reason()) : ORDINARY;
    }

    private static TopicReading out(Levels levels) {
        ConversationName conv = levels.takeConversation();
        if (conv == null) {
            return BAD_OUT;
        }
        if (levels.atEnd()) {
            return new TopicReading.Good(new ClientTopic.Out(conv, null));
        }
        String id = lastId(levels);
        return id == null ? BAD_OUT : new TopicReading.Good(new ClientTopic.Out(conv, id));
    }

    private static TopicReading call(Levels levels) {
        String method = levels.takeMethod();
        if (method == null) {
            return BAD_CALL;
        }
        if (levels.atEnd()) {
            return new TopicReading.Good(new ClientTopic.Call(method, null));
        }
        String id = lastId(levels);
        return id == null ? BAD_CALL : new TopicReading.Good(new ClientTopic.Call(method, id));
    }

    private static @Nullable String lastId(Levels levels) {
        String id = levels.takeId(Grammar.MAX_ID);
        return levels.atEnd() ? id : null;
    }
}
