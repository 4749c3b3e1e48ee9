package dev.waggle.spec.topic;

import dev.waggle.spec.Author;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.UserId;
import org.jspecify.annotations.Nullable;

/**
 * What the broker publishes below a user's prefix (PROTOCOL §2, broker to client). Conversations are named as that user
 * sees them. The prefix {@code u/{me}/} is not part of the value.
 */
public sealed interface ServerTopic {

    /** {@code in/{conv}/{from}/{seq}/{ts}}: a message. */
    record In(ConversationName conv, Author from, long seq, long ts) implements ServerTopic {
        public In {
            Grammar.requireSeq(seq);
            Grammar.requireTs(ts);
        }
    }

    /** {@code ev/{conv}/{kind}/{from}/{seq}/{ts}}: a durable event. Unknown kinds are legal: later versions add some. */
    record Ev(ConversationName conv, String kind, Author from, long seq, long ts) implements ServerTopic {
        public static final String MEMBER = "member";
        public static final String META = "meta";
        public static final String EDIT = "edit";
        public static final String DELETE = "delete";

        public Ev {
            Grammar.requireKind(kind);
            Grammar.requireSeq(seq);
            Grammar.requireTs(ts);
        }
    }

    /** {@code gap/{conv}}: seqs that will not be delivered. */
    record Gap(ConversationName conv) implements ServerTopic {}

    /** {@code mark/{conv}}: how far others have received and read. */
    record Mark(ConversationName conv) implements ServerTopic {}

    /** {@code mine/{conv}}: the user's private settings of the conversation. */
    record Mine(ConversationName conv) implements ServerTopic {}

    /** {@code now/{conv}/{from}}: ephemeral. */
    record Now(ConversationName conv, Author from) implements ServerTopic {}

    /** {@code presence/{user}}. */
    record Presence(UserId user) implements ServerTopic {}

    /**
     * {@code sent/{conv}/{id or -}}: the outcome of a send. An id that is itself {@code -} cannot be told from none; both
     * are null here.
     */
    record Sent(ConversationName conv, @Nullable String id) implements ServerTopic {
        public Sent {
            Grammar.requireId(id);
            if (Grammar.NO_ID.equals(id)) {
                id = null;
            }
        }
    }

    /** {@code reply/{method}[/{id}]}: the answer to a call. */
    record Reply(String method, @Nullable String id) implements ServerTopic {
        public Reply {
            Grammar.requireMethod(method);
            Grammar.requireId(id);
        }
    }
}
