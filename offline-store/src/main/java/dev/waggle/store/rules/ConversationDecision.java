package dev.waggle.store.rules;

import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.HiddenFrom;
import dev.waggle.spec.message.Rejection;
import dev.waggle.spec.message.Reply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What follows from a command to a conversation. */
public sealed interface ConversationDecision {

    /**
     * Carried out.
     *
     * @param entry what the log gains, or null if nothing changed
     * @param key what is to be remembered, or null
     * @param recipients whose inboxes get the entry, in order of their ids; empty without an entry
     * @param revoked which of them lose the conversation with it
     * @param replaced what stands in the log from now on where other entries stood, by their seqs
     * @param own what the user who asked has set by it, or null
     */
    record Accepted(
            Event.@Nullable LogEntry entry,
            Event.@Nullable KeyRemembered key,
            Reply reply,
            List<UserId> recipients,
            List<UserId> revoked,
            List<Event.LogEntry> replaced,
            Event.@Nullable OwnChanged own)
            implements ConversationDecision {

        /** Nothing that a user has set changes. */
        Accepted(
                Event.@Nullable LogEntry entry,
                Event.@Nullable KeyRemembered key,
                Reply reply,
                List<UserId> recipients,
                List<UserId> revoked,
                List<Event.LogEntry> replaced) {
            this(entry, key, reply, recipients, revoked, replaced, null);
        }

        /** Nothing that stood before is replaced. */
        Accepted(
                Event.@Nullable LogEntry entry,
                Event.@Nullable KeyRemembered key,
                Reply reply,
                List<UserId> recipients,
                List<UserId> revoked) {
            this(entry, key, reply, recipients, revoked, List.of());
        }

        /**
         * The same with the entry hidden from these, and with it the message that it edits: its old body is gone, and the
         * new one is not for them. An edit that only its author sees leaves the message as it was.
         */
        public Accepted hiddenFrom(HiddenFrom users) {
            if (entry == null) {
                return this;
            }
            boolean alone = users.isShadow() && !entry.hiddenFrom().isShadow();
            List<Event.LogEntry> hidden = alone
                    ? List.of()
                    : replaced.stream().map(old -> old.hiddenFrom(users)).toList();
            return new Accepted(entry.hiddenFrom(users), key, reply, recipients, revoked, hidden);
        }

        /** Nothing changes; the answer was given before, or there is nothing to do. */
        static Accepted unchanged(Reply reply) {
            return new Accepted(null, null, reply, List.of(), List.of());
        }
    }

    /** Refused; nothing changes. */
    record Refused(Rejection rejection) implements ConversationDecision {}
}
