package dev.waggle.store.rules;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import dev.waggle.spec.message.Reply;
import dev.waggle.store.rules.ConversationDecision.Accepted;
import dev.waggle.store.rules.ConversationDecision.Refused;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of conversations: who may write, which seq it gets, which request came before. Pure and deterministic. The
 * rules of groups are in {@link GroupRules}.
 */
public final class ConversationRules {
    /** Why somebody outside is refused: the same words whether the group exists or not. */
    public static final String NOT_MEMBER = "no such group, or you are not a member of it";

    private final RuleLimits limits;
    private final GroupRules groups;
    private final ErasureRules erasures;

    public ConversationRules(RuleLimits limits) {
        this.limits = limits;
        this.groups = new GroupRules(limits);
        this.erasures = new ErasureRules(limits);
    }

    /**
     * @param state of the command's conversation
     * @param used what is known of the command's key, or null if it is new or there is none
     * @param entries those that {@link #looksAt} names, and the last edit of each message among them
     * @param hash {@link RequestHash} of the command, or null if it has no key
     */
    public ConversationDecision decide(
            ConversationState state,
            @Nullable Remembered used,
            LogEntries entries,
            Command.OfConversation command,
            @Nullable Bytes hash) {
        if (used != null && hash != null && command.now() < used.expiresAt()) {
            return used.hash().equals(hash)
                    ? Accepted.unchanged(used.reply())
                    : refused(Refusal.ID_REUSED, "this idempotency key was used for another request; take a new one");
        }
        if (command instanceof Command.SendMessage send) {
            return send(state, send, hash);
        }
        if (command instanceof Command.EditMessage
                || command instanceof Command.DeleteMessages
                || command instanceof Command.ForOneself) {
            boolean mayBeOutside = command instanceof Command.DeleteMessages delete && delete.fromOutside();
            ConversationDecision outside =
                    mayBeOutside ? null : outside(state, command.actor().user());
            if (outside != null) {
                return outside;
            }
            if (command instanceof Command.HideMessages hide) {
                return erasures.hide(state, hide, entries.own(), hash);
            }
            if (command instanceof Command.MuteConversation mute) {
                return MuteRules.mute(limits, mute, entries.own(), hash);
            }
            return command instanceof Command.EditMessage edit
                    ? erasures.edit(state, edit, entries, hash)
                    : erasures.delete(state, (Command.DeleteMessages) command, entries, hash);
        }
        return groups.decide(state, command, hash);
    }

    /** The seqs of the entries that a decision about this command looks at. */
    public static SeqRanges looksAt(ConversationState state, Command.OfConversation command) {
        if (command instanceof Command.EditMessage edit) {
            return SeqRanges.of(edit.seq(), edit.seq()).within(1, state.lastSeq());
        }
        return command instanceof Command.DeleteMessages delete ? ErasureRules.targets(state, delete) : SeqRanges.NONE;
    }

    /** The state after an entry. */
    public static ConversationState apply(ConversationState state, Event.LogEntry entry) {
        if (entry instanceof Event.MembersChanged change) {
            return GroupRules.apply(state, change);
        }
        if (entry instanceof Event.SettingsChanged change) {
            return GroupRules.apply(state, change);
        }
        return new ConversationState(state.id(), entry.seq(), entry.ts(), state.group());
    }

    private ConversationDecision send(ConversationState state, Command.SendMessage send, @Nullable Bytes hash) {
        ConversationDecision outside = outside(state, send.actor().user());
        if (outside != null) {
            return outside;
        }
        long ts = Math.max(send.now(), state.lastTs());
        Rejection silenced = GroupRules.silenced(state, send.actor().user(), ts);
        if (silenced != null) {
            return new Refused(silenced);
        }
        long seq = state.lastSeq() + 1;
        Event.MessageStored entry = new Event.MessageStored(
                state.id(), seq, ts, send.actor().author(), send.actor().device(), send.properties(), send.body());
        Reply reply = new Reply.Sent(seq, ts);
        return new Accepted(entry, remember(limits, send, hash, reply), reply, state.recipients(), List.of());
    }

    /** Why the user has no part in the conversation, or null. */
    private static @Nullable ConversationDecision outside(ConversationState state, UserId user) {
        if (state.id() instanceof ConversationId.Direct direct) {
            return direct.has(user)
                    ? null
                    : refused(Refusal.NOT_ALLOWED, "only the two people of a one-to-one conversation write there");
        }
        return state.group() == null || state.group().member(user) == null ? notMember() : null;
    }

    /** The event that keeps the answer for the command's key, or null if it has none. */
    static Event.@Nullable KeyRemembered remember(
            RuleLimits limits, Command.OfConversation command, @Nullable Bytes hash, Reply reply) {
        if (command.key() == null || hash == null) {
            return null;
        }
        boolean call = !(command instanceof Command.SendMessage);
        long window = call ? limits.callKeyWindowMillis() : limits.keyWindowMillis();
        return new Event.KeyRemembered(
                command.conversation(),
                command.actor().author(),
                call,
                command.key(),
                hash,
                reply,
                command.now() + window);
    }

    static ConversationDecision notMember() {
        return refused(Refusal.NOT_MEMBER, NOT_MEMBER);
    }

    static ConversationDecision refused(Refusal refusal, String message) {
        return new Refused(Rejection.of(refusal, message));
    }
}
