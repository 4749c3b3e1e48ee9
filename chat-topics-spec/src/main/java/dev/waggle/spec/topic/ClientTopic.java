package dev.waggle.spec.topic;

import dev.waggle.spec.ConversationName;
import org.jspecify.annotations.Nullable;

/**
 * What a client may publish below its own prefix (PROTOCOL §2, client to broker). The prefix {@code u/{me}/} is not part
 * of the value: it is the reader's and the writer's context.
 */
public sealed interface ClientTopic {

    /** {@code out/{conv}[/{id}]}: send a message. */
    record Out(ConversationName conv, @Nullable String id) implements ClientTopic {
        public Out {
            Grammar.requireId(id);
        }
    }

    /** {@code read/{conv}}: everything up to a seq is read. */
    record Read(ConversationName conv) implements ClientTopic {}

    /** {@code now/{conv}}: ephemeral. */
    record Now(ConversationName conv) implements ClientTopic {}

    /** {@code state}: what this device is doing. */
    record State() implements ClientTopic {}

    /** {@code call/{method}[/{id}]}: a request. The method need not exist; that is answered by a reply. */
    record Call(String method, @Nullable String id) implements ClientTopic {
        public Call {
            Grammar.requireMethod(method);
            Grammar.requireId(id);
        }
    }
}
