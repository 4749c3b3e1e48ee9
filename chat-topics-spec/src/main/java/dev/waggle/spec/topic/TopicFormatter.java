package dev.waggle.spec.topic;

import dev.waggle.spec.Author;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.UserId;
import org.jspecify.annotations.Nullable;

/** Writes the topics of the contract (PROTOCOL §2); what it writes, the parsers read back to the same value. */
public final class TopicFormatter {
    /** Room for the usual topic, so that the buffer does not grow. */
    private static final int USUAL_LENGTH = 96;

    private TopicFormatter() {}

    /** {@code u/{me}/}: everything a user touches lies below it. */
    public static String prefix(UserId me) {
        return Grammar.ROOT_PREFIX + me.value() + "/";
    }

    /** {@code u/{me}/in/{conv}/{from}/{seq}/{ts}}: the hot path, without an intermediate value. */
    public static String in(UserId me, ConversationName conv, Author from, long seq, long ts) {
        return entry(begin(me, Grammar.IN, conv), from, seq, ts);
    }

    /** {@code u/{me}/ev/{conv}/{kind}/{from}/{seq}/{ts}}. */
    public static String ev(UserId me, ConversationName conv, String kind, Author from, long seq, long ts) {
        return entry(begin(me, Grammar.EV, conv).append('/').append(kind), from, seq, ts);
    }

    /** {@code u/{me}/gap/{conv}}. */
    public static String gap(UserId me, ConversationName conv) {
        return begin(me, Grammar.GAP, conv).toString();
    }

    /** {@code u/{me}/mark/{conv}}. */
    public static String mark(UserId me, ConversationName conv) {
        return begin(me, Grammar.MARK, conv).toString();
    }

    /** {@code u/{me}/mine/{conv}}. */
    public static String mine(UserId me, ConversationName conv) {
        return begin(me, Grammar.MINE, conv).toString();
    }

    /** {@code u/{me}/now/{conv}/{from}}. */
    public static String now(UserId me, ConversationName conv, Author from) {
        return author(begin(me, Grammar.NOW, conv), from).toString();
    }

    /** {@code u/{me}/presence/{user}}. */
    public static String presence(UserId me, UserId user) {
        return begin(me, Grammar.PRESENCE).append('/').append(user.value()).toString();
    }

    /** {@code u/{me}/sent/{conv}/{id}}, with {@code -} where no id was given. */
    public static String sent(UserId me, ConversationName conv, @Nullable String id) {
        return begin(me, Grammar.SENT, conv)
                .append('/')
                .append(id == null ? Grammar.NO_ID : id)
                .toString();
    }

    /** {@code u/{me}/reply/{method}[/{id}]}. */
    public static String reply(UserId me, String method, @Nullable String id) {
        return optional(begin(me, Grammar.REPLY).append('/').append(method), id);
    }

    /** Any topic of the broker. */
    public static String format(UserId me, ServerTopic topic) {
        if (topic instanceof ServerTopic.In in) {
            return in(me, in.conv(), in.from(), in.seq(), in.ts());
        }
        if (topic instanceof ServerTopic.Ev ev) {
            return ev(me, ev.conv(), ev.kind(), ev.from(), ev.seq(), ev.ts());
        }
        if (topic instanceof ServerTopic.Gap gap) {
            return gap(me, gap.conv());
        }
        if (topic instanceof ServerTopic.Mark mark) {
            return mark(me, mark.conv());
        }
        if (topic instanceof ServerTopic.Mine mine) {
            return mine(me, mine.conv());
        }
        if (topic instanceof ServerTopic.Now now) {
            return now(me, now.conv(), now.from());
        }
        if (topic instanceof ServerTopic.Presence presence) {
            return presence(me, presence.user());
        }
        if (topic instanceof ServerTopic.Sent sent) {
            return sent(me, sent.conv(), sent.id());
        }
        ServerTopic.Reply reply = (ServerTopic.Reply) topic;
        return reply(me, reply.method(), reply.id());
    }

    /** Any topic of a client: for our own clients and tests. */
    public static String format(UserId me, ClientTopic topic) {
        if (topic instanceof ClientTopic.Out out) {
            return optional(begin(me, Grammar.OUT, out.conv()), out.id());
        }
        if (topic instanceof ClientTopic.Read read) {
            return begin(me, Grammar.READ, read.conv()).toString();
        }
        if (topic instanceof ClientTopic.Now now) {
            return begin(me, Grammar.NOW, now.conv()).toString();
        }
        if (topic instanceof ClientTopic.State) {
            return begin(me, Grammar.STATE).toString();
        }
        ClientTopic.Call call = (ClientTopic.Call) topic;
        return optional(begin(me, Grammar.CALL).append('/').append(call.method()), call.id());
    }

    private static StringBuilder begin(UserId me, String word) {
        return new StringBuilder(USUAL_LENGTH)
                .append(Grammar.ROOT_PREFIX)
                .append(me.value())
                .append('/')
                .append(word);
    }

    private static StringBuilder begin(UserId me, String word, ConversationName conv) {
        StringBuilder topic = begin(me, word);
        if (conv instanceof ConversationName.Peer peer) {
            return topic.append("/d/").append(peer.peer().value());
        }
        return topic.append("/g/")
                .append(((ConversationName.InGroup) conv).group().value());
    }

    private static StringBuilder author(StringBuilder topic, Author from) {
        topic.append('/').append(from.user().value());
        UserId agent = from.agent();
        return agent == null ? topic : topic.append('~').append(agent.value());
    }

    private static String entry(StringBuilder topic, Author from, long seq, long ts) {
        return author(topic, from)
                .append('/')
                .append(seq)
                .append('/')
                .append(ts)
                .toString();
    }

    private static String optional(StringBuilder topic, @Nullable String id) {
        return id == null ? topic.toString() : topic.append('/').append(id).toString();
    }
}
