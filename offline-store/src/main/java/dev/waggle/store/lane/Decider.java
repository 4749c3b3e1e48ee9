package dev.waggle.store.lane;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.RunsOn;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.HiddenFrom;
import dev.waggle.spec.message.Mark;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import dev.waggle.spec.message.Reply;
import dev.waggle.store.Outcome;
import dev.waggle.store.rules.ConversationDecision;
import dev.waggle.store.rules.ConversationRules;
import dev.waggle.store.rules.ConversationState;
import dev.waggle.store.rules.InboxDecision;
import dev.waggle.store.rules.InboxRules;
import dev.waggle.store.rules.InboxState;
import dev.waggle.store.rules.LogEntries;
import dev.waggle.store.rules.MarkRules;
import dev.waggle.store.rules.OutboxRules;
import dev.waggle.store.rules.PacketAnswer;
import dev.waggle.store.rules.RecordDecision;
import dev.waggle.store.rules.RecordRules;
import dev.waggle.store.rules.RecordState;
import dev.waggle.store.rules.Remembered;
import dev.waggle.store.rules.RuleLimits;
import dev.waggle.store.storage.StorageFailure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides one command after the other: finds the states, asks the rules, moves the states in the cache and adds the rows
 * to the group. Nothing is touched before every state that the command needs is at hand.
 */
@RunsOn("committer")
final class Decider {
    private final StateCache cache;
    private final Finder finder;
    private final Group group;
    private final Trimming trimming;
    private final ExpiredKeys expired;
    private final ConversationRules conversations;
    private final InboxRules inboxes;
    private final Admission admission;
    private final Bygones bygones;

    Decider(StateCache cache, Finder finder, Group group, Trimming trimming, ExpiredKeys expired, RuleLimits limits) {
        this.cache = cache;
        this.finder = finder;
        this.group = group;
        this.trimming = trimming;
        this.expired = expired;
        this.conversations = new ConversationRules(limits);
        this.inboxes = new InboxRules(limits);
        this.admission = new Admission(finder, inboxes, limits);
        this.bygones = new Bygones(cache, finder, group);
    }

    /**
     * @return the outcome if the group is committed; null if states are missing, which {@link Finder#missing} then names
     * @throws StorageFailure if a state could not be read: nothing was touched
     */
    @Nullable
    Outcome decide(Queued queued) throws StorageFailure {
        finder.begin();
        if (queued.command instanceof Command.OfConversation command) {
            return conversation(command, queued);
        }
        if (queued.command instanceof Command.TrimLog trim) {
            return bygones.trim(trim);
        }
        return queued.command instanceof Command.PutRecord put ? record(put) : inbox((Command.OfUser) queued.command);
    }

    private @Nullable Outcome conversation(Command.OfConversation command, Queued queued) throws StorageFailure {
        ConversationState state = finder.conversation(command.conversation());
        KeyRef ref = queued.key;
        Remembered used = ref == null ? null : remembered(ref);
        UserId user = command.actor().user();
        DeviceId device = command.actor().device();
        Integer packetId = command instanceof Command.SendMessage send ? send.qos2PacketId() : null;
        InboxState mine = packetId == null || device == null ? null : finder.inbox(user);
        LogEntries entries = state == null ? LogEntries.NONE : bygones.find(state, command);
        if (state == null || finder.isMissing()) {
            finder.expect(command.conversation());
            return null;
        }
        if (mine != null && packetId != null && device != null) {
            PacketAnswer answer = InboxRules.answered(mine, device, packetId);
            if (answer != null) {
                return new Outcome.Accepted(new Reply.Sent(answer.seq(), answer.ts()));
            }
            if (InboxRules.holdsTooManyPackets(mine, device)) {
                return new Outcome.Rejected(Rejection.of(
                        Refusal.QUOTA,
                        "too many QoS 2 publishes without PUBREL; at most " + RuleLimits.PACKETS_PER_DEVICE
                                + " at a time"));
            }
        }
        ConversationDecision decision = conversations.decide(state, used, entries, command, queued.hash);
        if (decision instanceof ConversationDecision.Refused refused) {
            return new Outcome.Rejected(refused.rejection());
        }
        ConversationDecision.Accepted accepted = (ConversationDecision.Accepted) decision;
        List<UserId> recipients = accepted.recipients();
        for (int i = 0; i < recipients.size(); i++) {
            finder.inbox(recipients.get(i));
        }
        if (accepted.own() != null) {
            finder.inbox(user);
        }
        if (finder.isMissing()) {
            return null;
        }
        Rejection barred = admission.barred(command, accepted.entry(), recipients);
        if (barred != null) {
            return new Outcome.Rejected(barred);
        }
        if (used != null && ref != null && accepted.key() != null) {
            expired.renewed(ref.row());
        }
        HiddenFrom hidden = admission.hiddenFrom(command, accepted.entry(), recipients);
        carryOut(state, hidden.isNobody() ? accepted : accepted.hiddenFrom(hidden), ref);
        if (accepted.own() != null) {
            moveInbox(found(user), List.of(accepted.own()));
            group.mustSync();
        }
        if (Admission.starts(command, accepted.entry())) {
            moveInbox(found(user), List.of(InboxRules.start(found(user), command.now())));
        }
        if (mine != null && packetId != null && device != null && accepted.reply() instanceof Reply.Sent sent) {
            InboxState now = found(user);
            if (now.device(device) != null) {
                moveInbox(now, List.of(new Event.PacketTaken(user, device, packetId, sent.seq(), sent.ts())));
                group.mustSync();
            }
        }
        return new Outcome.Accepted(accepted.reply());
    }

    /** What is known of a key; null also if only the disk knows, which the finder then says. */
    private @Nullable Remembered remembered(KeyRef ref) throws StorageFailure {
        Remembered inGroup = group.used.get(ref);
        return inGroup == null ? finder.remembered(ref) : inGroup;
    }

    private void carryOut(ConversationState state, ConversationDecision.Accepted accepted, @Nullable KeyRef ref)
            throws StorageFailure {
        Event.LogEntry entry = accepted.entry();
        if (entry != null) {
            group.mustSync();
            group.added(entry);
            for (Event.LogEntry replaced : accepted.replaced()) {
                bygones.replaced(replaced);
            }
            ConversationState next = ConversationRules.apply(state, entry);
            EventRows.entry(group.writes, entry, next);
            if (next.group() == state.group()) {
                cache.replace(state.id(), next);
            } else {
                cache.put(state.id(), next);
            }
            List<UserId> recipients = accepted.recipients();
            Set<UserId> revoked = Set.copyOf(accepted.revoked());
            for (int i = 0; i < recipients.size(); i++) {
                UserId user = recipients.get(i);
                deliver(user, entry, revoked.contains(user));
            }
        }
        Event.KeyRemembered key = accepted.key();
        if (key != null && ref != null) {
            group.mustSync();
            EventRows.key(group.writes, ref, key);
            Remembered used = new Remembered(key.hash(), key.reply(), key.expiresAt());
            group.used.put(ref, used);
            cache.putIfHeld(ref, used);
        }
    }

    private void deliver(UserId user, Event.LogEntry entry, boolean revoked) throws StorageFailure {
        InboxState before = found(user);
        Event.EntryAdded added = InboxRules.deliver(before, entry);
        InboxState after = InboxRules.apply(before, added);
        cache.replace(user, after);
        EventRows.added(group.writes, added);
        group.tell(added);
        List<Event.OfInbox> more = InboxRules.follow(added, revoked);
        if (!more.isEmpty()) {
            moveInbox(after, more);
        }
        Event.PushDue due = OutboxRules.due(after, added);
        if (due != null) {
            moveInbox(found(user), List.of(due));
        }
        if (inboxes.trimUpTo(after) > 0) {
            trimming.isDue(user);
        }
    }

    /** The inbox of one whose inbox was found before. */
    private InboxState found(UserId user) throws StorageFailure {
        InboxState inbox = finder.inbox(user);
        if (inbox == null) {
            throw new IllegalStateException("an inbox went while its entry was decided");
        }
        return inbox;
    }

    private @Nullable Outcome record(Command.PutRecord command) throws StorageFailure {
        RecordState state = finder.record(command.key());
        if (state == null) {
            return null;
        }
        RecordDecision decision = RecordRules.decide(state, command);
        if (decision instanceof RecordDecision.Refused refused) {
            return new Outcome.Rejected(refused.rejection());
        }
        Event.RecordChanged event = ((RecordDecision.Accepted) decision).event();
        RecordState next = state;
        if (event != null) {
            next = RecordRules.apply(event);
            EventRows.record(group.writes, event);
            group.mustSync();
            cache.put(command.key(), next);
        }
        return new Outcome.Accepted(new Reply.RecordPut(next.version()));
    }

    private @Nullable Outcome inbox(Command.OfUser command) throws StorageFailure {
        InboxState state = finder.inbox(command.user());
        InboxDecision decision = null;
        if (command instanceof Command.MarkRead read) {
            ConversationState conversation = finder.conversation(read.conversation());
            Mark mark = finder.mark(new MarkRef(read.user(), read.conversation()));
            if (state != null && conversation != null && !finder.isMissing()) {
                decision = MarkRules.read(conversation, mark, state.settings().showsReceipts(), read);
            }
        } else {
            Map<ConversationId, Mark> marks = marks(command);
            if (state != null && !finder.isMissing()) {
                decision = inboxes.decide(state, marks::get, command);
            }
        }
        if (state == null || decision == null) {
            return null;
        }
        if (decision instanceof InboxDecision.Refused refused) {
            return new Outcome.Rejected(refused.rejection());
        }
        InboxDecision.Accepted accepted = (InboxDecision.Accepted) decision;
        if (!accepted.events().isEmpty()) {
            moveInbox(state, accepted.events());
            if (!(command instanceof Command.MoveCursor || command instanceof Command.SettlePush)) {
                group.mustSync();
            }
        }
        return new Outcome.Accepted(accepted.reply());
    }

    private Map<ConversationId, Mark> marks(Command.OfUser command) throws StorageFailure {
        Map<ConversationId, Long> delivered = Map.of();
        if (command instanceof Command.MoveCursor move) {
            delivered = move.delivered();
        } else if (command instanceof Command.CloseSession close) {
            delivered = close.delivered();
        }
        if (delivered.isEmpty()) {
            return Map.of();
        }
        Map<ConversationId, Mark> marks = new HashMap<>();
        for (ConversationId conversation : delivered.keySet()) {
            Mark mark = finder.mark(new MarkRef(command.user(), conversation));
            if (mark != null) {
                marks.put(conversation, mark);
            }
        }
        return marks;
    }

    private void moveInbox(InboxState before, List<Event.OfInbox> events) {
        InboxState state = before;
        for (int i = 0; i < events.size(); i++) {
            Event.OfInbox event = events.get(i);
            InboxState next = InboxRules.apply(state, event);
            EventRows.of(group.writes, event, state, next);
            if (event instanceof Event.MarkMoved moved) {
                MarkRef ref = new MarkRef(moved.user(), moved.conversation());
                cache.put(ref, moved.mark());
                if (moved.mark().shownAt() != 0 || moved.mark().readAt() != 0) {
                    group.tell(event);
                }
            } else if (event instanceof Event.OwnChanged changed) {
                cache.put(new OwnRef(changed.user(), changed.conversation()), changed.own());
                group.tell(event);
            } else if (event instanceof Event.ConversationWithheld
                    || event instanceof Event.DeviceForgotten
                    || event instanceof Event.PushDue
                    || event instanceof Event.PushKept
                    || event instanceof Event.UserSettingsChanged) {
                group.tell(event);
            }
            state = next;
        }
        EventRows.meta(group.writes, before, state);
        EventRows.outbox(group.writes, before.outbox(), state);
        if (state != before) {
            cache.put(state.user(), state);
        }
    }
}
