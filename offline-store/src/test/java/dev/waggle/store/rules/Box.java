package dev.waggle.store.rules;

import dev.waggle.spec.Author;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.Limits;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Filter;
import dev.waggle.spec.message.Mark;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One inbox and the rules, in the hands of a test. */
final class Box {
    static final UserId ME = new UserId("me");
    static final UserId PEER = new UserId("peer");
    static final DeviceId PHONE = new DeviceId("phone");
    static final DeviceId LAPTOP = new DeviceId("laptop");
    static final ConversationId CHAT = ConversationId.direct(ME, PEER);

    final InboxRules rules;
    final List<Event.OfInbox> events = new ArrayList<>();
    final Map<ConversationId, Mark> marks = new HashMap<>();
    private final Map<ConversationId, Long> seqs = new HashMap<>();
    InboxState state = InboxState.none(ME);
    long now = 1_000_000;
    long bootedAt = 999_000;

    Box(RuleLimits limits) {
        rules = new InboxRules(limits);
    }

    Box() {
        this(RuleLimits.of(Limits.defaults()));
    }

    /** Puts a message of the conversation into the inbox. */
    Event.EntryAdded receive(ConversationId conversation) {
        return receive(conversation, false);
    }

    Event.EntryAdded receive(ConversationId conversation, boolean revoked) {
        long seq = seqs.merge(conversation, 1L, Long::sum);
        return receive(
                new Event.MessageStored(
                        conversation, seq, now, Author.of(PEER), null, MessageProperties.NONE, Bytes.EMPTY),
                revoked);
    }

    Event.EntryAdded receive(Event.LogEntry entry, boolean revoked) {
        Event.EntryAdded added = InboxRules.deliver(state, entry);
        apply(added);
        InboxRules.follow(added, revoked).forEach(this::apply);
        return added;
    }

    Box receiveMany(int count) {
        for (int i = 0; i < count; i++) {
            receive(CHAT);
        }
        return this;
    }

    InboxDecision decide(Command.OfUser command) {
        InboxDecision decision = rules.decide(state, marks::get, command);
        if (!decision.equals(rules.decide(state, marks::get, command))) {
            throw new AssertionError("deciding twice gave two decisions");
        }
        if (decision instanceof InboxDecision.Accepted accepted) {
            accepted.events().forEach(this::apply);
        }
        return decision;
    }

    <R extends Reply> R reply(Command.OfUser command, Class<R> type) {
        InboxDecision decision = decide(command);
        if (decision instanceof InboxDecision.Accepted accepted) {
            return type.cast(accepted.reply());
        }
        throw new AssertionError("not accepted: " + decision);
    }

    Refusal refusal(Command.OfUser command) {
        if (decide(command) instanceof InboxDecision.Refused refused) {
            return refused.rejection().refusal();
        }
        throw new AssertionError("not refused");
    }

    Reply.SessionOpened open(DeviceId device, boolean clean, long expirySeconds) {
        return reply(
                new Command.OpenSession(ME, device, clean, expirySeconds, bootedAt, now), Reply.SessionOpened.class);
    }

    void close(DeviceId device, long epoch, long expirySeconds, DeviceProgress progress, Long... unacknowledged) {
        decide(new Command.CloseSession(ME, device, epoch, expirySeconds, progress, List.of(unacknowledged), now));
    }

    void move(DeviceId device, long epoch, long cursor, Long... above) {
        decide(new Command.MoveCursor(ME, device, epoch, new DeviceProgress(cursor, List.of(above), cursor), now));
    }

    void subscribe(DeviceId device, String topic) {
        decide(new Command.ChangeFilters(ME, device, List.of(Filter.of(topic, 1)), List.of(), now));
    }

    DeviceState device(DeviceId id) {
        DeviceState device = state.device(id);
        if (device == null) {
            throw new AssertionError("no record of " + id);
        }
        return device;
    }

    private void apply(Event.OfInbox event) {
        events.add(event);
        state = InboxRules.apply(state, event);
        if (event instanceof Event.MarkMoved moved) {
            marks.put(moved.conversation(), moved.mark());
        }
    }
}
