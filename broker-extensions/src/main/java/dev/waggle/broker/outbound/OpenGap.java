package dev.waggle.broker.outbound;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.message.InboxItem;

/**
 * Seqs of one conversation that will not be delivered, not announced yet: neighbours join it, so that a hundred withheld
 * messages make one notice.
 *
 * @param firstPosition inbox position of the first
 * @param lastPosition inbox position of the last
 * @param from first seq
 * @param to last seq
 * @param seen last seq that was accounted for: above {@code to} if the device sent it itself
 */
record OpenGap(ConversationId conversation, long firstPosition, long lastPosition, long from, long to, long seen) {

    static OpenGap of(InboxItem item) {
        if (item instanceof InboxItem.Missing missing) {
            return new OpenGap(
                    missing.conversation(),
                    missing.position(),
                    missing.position(),
                    missing.from(),
                    missing.to(),
                    missing.to());
        }
        InboxItem.Entry entry = (InboxItem.Entry) item;
        long seq = entry.entry().seq();
        return new OpenGap(entry.entry().conversation(), entry.position(), entry.position(), seq, seq, seq);
    }

    boolean isContinuedBy(OpenGap other) {
        return conversation.equals(other.conversation) && other.from == seen + 1;
    }

    OpenGap with(OpenGap other) {
        return new OpenGap(conversation, firstPosition, other.lastPosition, from, other.to, other.seen);
    }

    /** The item needs no notice, but lies between seqs that do. */
    OpenGap over(InboxItem passed) {
        OpenGap other = of(passed);
        return isContinuedBy(other)
                ? new OpenGap(conversation, firstPosition, lastPosition, from, to, other.seen)
                : this;
    }
}
