package dev.waggle.spec;

/**
 * A conversation as the server knows it: the same value for every participant. One-to-one conversations are the
 * ordered pair of their users; a pair of the same user twice is 'notes to self'.
 */
public sealed interface ConversationId {

    /** One-to-one. Always {@code low <= high}; make it with {@link #direct}. */
    record Direct(UserId low, UserId high) implements ConversationId {
        public Direct {
            if (low.compareTo(high) > 0) {
                throw new IllegalArgumentException("low must not be above high");
            }
        }

        /**
         * Mixed, because ids that differ in a number only ({@code sender7}, {@code receiver7}) would otherwise give hashes
         * that differ in multiples of 32 and crowd a few places of a hash table.
         */
        @Override
        public int hashCode() {
            int mixed = low.hashCode() * 0x9E37_79B1 + high.hashCode();
            return mixed ^ mixed >>> 15;
        }

        public UserId other(UserId me) {
            return me.equals(low) ? high : low;
        }

        public boolean has(UserId user) {
            return user.equals(low) || user.equals(high);
        }
    }

    /** A group. */
    record Group(GroupId group) implements ConversationId {}

    static ConversationId direct(UserId one, UserId other) {
        return one.compareTo(other) <= 0 ? new Direct(one, other) : new Direct(other, one);
    }

    static ConversationId group(GroupId group) {
        return new Group(group);
    }

    /** The name under which {@code reader} sees this conversation. */
    default ConversationName seenBy(UserId reader) {
        if (this instanceof Direct direct) {
            return new ConversationName.Peer(direct.other(reader));
        }
        return new ConversationName.InGroup(((Group) this).group());
    }
}
