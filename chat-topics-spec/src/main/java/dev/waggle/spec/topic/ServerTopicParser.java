package dev.waggle.spec.topic;

import dev.waggle.spec.Author;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import org.jspecify.annotations.Nullable;

/** Reads what the broker sends, as a client must (PROTOCOL §2). Total: any string gives a topic or a reason. */
public final class ServerTopicParser {
    private static final String NOT_MINE = "the topic does not begin with u/{me}/";
    private static final String UNKNOWN =
            "below u/{me}/ the broker sends in, ev, gap, mark, mine, now, presence, sent and reply";

    private ServerTopicParser() {}

    /** Reads a topic received by {@code me}. */
    public static Parsed<ServerTopic> parse(UserId me, String topic) {
        String prefix = TopicFormatter.prefix(me);
        if (!topic.startsWith(prefix)) {
            return Parsed.bad(NOT_MINE);
        }
        Levels levels = new Levels(topic, prefix.length());
        if (!levels.next()) {
            return Parsed.bad(UNKNOWN);
        }
        if (levels.is(Grammar.IN)) {
            return result(in(levels), levels, "in/{conv}/{from}/{seq}/{ts}");
        }
        if (levels.is(Grammar.EV)) {
            return result(ev(levels), levels, "ev/{conv}/{kind}/{from}/{seq}/{ts}");
        }
        if (levels.is(Grammar.GAP)) {
            ConversationName conv = levels.takeConversation();
            return result(conv == null ? null : new ServerTopic.Gap(conv), levels, "gap/{conv}");
        }
        if (levels.is(Grammar.MARK)) {
            ConversationName conv = levels.takeConversation();
            return result(conv == null ? null : new ServerTopic.Mark(conv), levels, "mark/{conv}");
        }
        if (levels.is(Grammar.MINE)) {
            ConversationName conv = levels.takeConversation();
            return result(conv == null ? null : new ServerTopic.Mine(conv), levels, "mine/{conv}");
        }
        if (levels.is(Grammar.NOW)) {
            ConversationName conv = levels.takeConversation();
            Author from = conv == null ? null : levels.takeAuthor();
            return result(
                    conv == null || from == null ? null : new ServerTopic.Now(conv, from), levels, "now/{conv}/{from}");
        }
        if (levels.is(Grammar.PRESENCE)) {
            String user = levels.takeId(UserId.MAX_LENGTH);
            return result(user == null ? null : new ServerTopic.Presence(new UserId(user)), levels, "presence/{user}");
        }
        if (levels.is(Grammar.SENT)) {
            ConversationName conv = levels.takeConversation();
            String id = conv == null ? null : levels.takeId(Grammar.MAX_ID);
            return result(
                    conv == null || id == null ? null : new ServerTopic.Sent(conv, id),
                    levels,
                    "sent/{conv}/{id or -}");
        }
        return levels.is(Grammar.REPLY) ? result(reply(levels), levels, "reply/{method}[/{id}]") : Parsed.bad(UNKNOWN);
    }

    private static Parsed<ServerTopic> result(@Nullable ServerTopic topic, Levels levels, String form) {
        return topic != null && levels.atEnd() ? Parsed.ok(topic) : Parsed.bad("the form is u/{me}/" + form);
    }

    private static @Nullable ServerTopic in(Levels levels) {
        ConversationName conv = levels.takeConversation();
        Author from = conv == null ? null : levels.takeAuthor();
        long seq = from == null ? -1 : levels.takeNumber();
        long ts = seq < 1 ? -1 : levels.takeNumber();
        return conv == null || from == null || ts < 0 ? null : new ServerTopic.In(conv, from, seq, ts);
    }

    private static @Nullable ServerTopic ev(Levels levels) {
        ConversationName conv = levels.takeConversation();
        String kind = conv == null ? null : levels.takeId(Grammar.MAX_KIND);
        Author from = kind == null ? null : levels.takeAuthor();
        long seq = from == null ? -1 : levels.takeNumber();
        long ts = seq < 1 ? -1 : levels.takeNumber();
        return conv == null || kind == null || from == null || ts < 0
                ? null
                : new ServerTopic.Ev(conv, kind, from, seq, ts);
    }

    private static @Nullable ServerTopic reply(Levels levels) {
        String method = levels.takeMethod();
        if (method == null || levels.atEnd()) {
            return method == null ? null : new ServerTopic.Reply(method, null);
        }
        String id = levels.takeId(Grammar.MAX_ID);
        return id == null ? null : new ServerTopic.Reply(method, id);
    }
}
