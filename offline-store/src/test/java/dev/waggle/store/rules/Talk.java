package dev.waggle.store.rules;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.Limits;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.GroupPatch;
import dev.waggle.spec.message.JoinPolicy;
import dev.waggle.spec.message.MemberRole;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Reply;
import dev.waggle.spec.message.SendKey;
import dev.waggle.spec.message.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One conversation and the rules, in the hands of a test. */
final class Talk {
    static final UserId ALICE = new UserId("alice");
    static final UserId BOB = new UserId("bob");
    static final UserId CAROL = new UserId("carol");
    static final UserId DAVE = new UserId("dave");
    static final ConversationId.Group TEAM = new ConversationId.Group(new GroupId("team"));
    static final RuleLimits LIMITS = RuleLimits.of(Limits.defaults());

    final ConversationRules rules;
    final List<Event.LogEntry> log = new ArrayList<>();
    private final Map<String, Remembered> keys = new HashMap<>();
    ConversationState state;
    long now = 1_000_000;

    Talk(ConversationId id, RuleLimits limits) {
        rules = new ConversationRules(limits);
        state = ConversationState.none(id);
    }

    Talk(ConversationId id) {
        this(id, LIMITS);
    }

    static Talk group(UserId owner, UserId... members) {
        Talk talk = new Talk(TEAM);
        talk.accepted(talk.create(owner, members));
        return talk;
    }

    /** Decides twice, so that a rule which is not deterministic is found, and applies what was decided. */
    ConversationDecision decide(Command.OfConversation command) {
        SendKey key = command.key();
        String name = key == null
                ? ""
                : command.actor().author() + "/" + (command instanceof Command.SendMessage) + "/"
                        + key.bytes().asUtf8();
        Remembered used = keys.get(name);
        Bytes hash = key == null ? null : RequestHash.of(command);
        ConversationDecision decision = rules.decide(state, used, entries(), command, hash);
        if (!decision.equals(rules.decide(state, used, entries(), command, hash))) {
            throw new AssertionError("deciding twice gave two decisions");
        }
        if (decision instanceof ConversationDecision.Accepted accepted) {
            Event.LogEntry entry = accepted.entry();
            if (entry != null) {
                log.add(entry);
                for (Event.LogEntry replaced : accepted.replaced()) {
                    log.set((int) replaced.seq() - 1, replaced);
                }
                state = ConversationRules.apply(state, entry);
            }
            Event.KeyRemembered kept = accepted.key();
            if (kept != null) {
                keys.put(name, new Remembered(kept.hash(), kept.reply(), kept.expiresAt()));
            }
        }
        return decision;
    }

    private LogEntries entries() {
        return seq -> seq >= 1 && seq <= log.size() ? log.get((int) seq - 1) : null;
    }

    ConversationDecision.Accepted accepted(Command.OfConversation command) {
        ConversationDecision decision = decide(command);
        if (decision instanceof ConversationDecision.Accepted accepted) {
            return accepted;
        }
        throw new AssertionError("not accepted: " + decision);
    }

    <R extends Reply> R reply(Command.OfConversation command, Class<R> type) {
        return type.cast(accepted(command).reply());
    }

    Refusal refusal(Command.OfConversation command) {
        ConversationState before = state;
        ConversationDecision decision = decide(command);
        if (decision instanceof ConversationDecision.Refused refused && state == before) {
            return refused.rejection().refusal();
        }
        throw new AssertionError("not refused: " + decision);
    }

    Command.SendMessage message(UserId from, @Nullable String key, String body) {
        return message(Actor.of(from, null), key, body);
    }

    Command.SendMessage message(Actor from, @Nullable String key, String body) {
        return new Command.SendMessage(from, state.id(), key(key), Bytes.utf8(body), MessageProperties.NONE, null, now);
    }

    Command.CreateGroup create(UserId owner, UserId... members) {
        return new Command.CreateGroup(
                Actor.of(owner, null), TEAM, GroupPatch.named("the team"), List.of(members), null, now);
    }

    Command.AddMembers add(UserId by, @Nullable String key, UserId... users) {
        return new Command.AddMembers(Actor.of(by, null), TEAM, List.of(users), key(key), now);
    }

    Command.RemoveMembers remove(UserId by, UserId... users) {
        return new Command.RemoveMembers(Actor.of(by, null), TEAM, List.of(users), null, now);
    }

    Command.LeaveGroup leave(UserId who, @Nullable String key) {
        return new Command.LeaveGroup(Actor.of(who, null), TEAM, key(key), now);
    }

    Command.UpdateGroup update(UserId by, GroupPatch change) {
        return new Command.UpdateGroup(Actor.of(by, null), TEAM, change, null, now);
    }

    Command.UpdateGroup update(UserId by, JoinPolicy join) {
        return update(by, new GroupPatch(null, null, null, join, null));
    }

    Command.ChangeRole role(UserId by, UserId user, MemberRole role) {
        return new Command.ChangeRole(Actor.of(by, null), TEAM, user, role, null, now);
    }

    Command.ChangeStanding stand(UserId by, Standing.Kind kind, UserId... users) {
        return new Command.ChangeStanding(Actor.of(by, null), TEAM, kind, List.of(users), 0, null, now);
    }

    Command.ChangeStanding mute(UserId by, UserId user, long seconds) {
        Standing.Kind kind = seconds == 0 ? Standing.Kind.UNMUTED : Standing.Kind.MUTED;
        return new Command.ChangeStanding(Actor.of(by, null), TEAM, kind, List.of(user), seconds, null, now);
    }

    List<UserId> members() {
        GroupState group = state.group();
        return group == null ? List.of() : group.users();
    }

    static @Nullable SendKey key(@Nullable String text) {
        return text == null ? null : new SendKey(Bytes.utf8(text));
    }
}
