package dev.waggle.spec;

/** A conversation as one user sees it in topics: {@code d/{peer}} or {@code g/{group}} (PROTOCOL §1, {@code {conv}}). */
public sealed interface ConversationName {

    /** One-to-one with {@code peer}; the peer may be the reader itself. */
    record Peer(UserId peer) implements ConversationName {
        @Override
        public String toString() {
            return text();
        }
    }

    /** A group. */
    record InGroup(GroupId group) implements ConversationName {
        @Override
        public String toString() {
            return text();
        }
    }

    /** Two topic levels, {@code d/bob} or {@code g/team}. */
    default String text() {
        return this instanceof Peer peer ? "d/" + peer.peer() : "g/" + ((InGroup) this).group();
    }

    /** The conversation that {@code me} means by this name. */
    default ConversationId of(UserId me) {
        return this instanceof Peer peer
                ? ConversationId.direct(me, peer.peer())
                : ConversationId.group(((InGroup) this).group());
    }

    /** Reads {@code d/{peer}} or {@code g/{group}} from untrusted text; never throws. */
    static Parsed<ConversationName> parse(String text) {
        if (text.startsWith("d/")) {
            return UserId.parse(text.substring(2)).then(peer -> Parsed.ok(new Peer(peer)));
        }
        if (text.startsWith("g/")) {
            return GroupId.parse(text.substring(2)).then(group -> Parsed.ok(new InGroup(group)));
        }
        return Parsed.bad("a conversation is d/{user} or g/{group}");
    }
}
