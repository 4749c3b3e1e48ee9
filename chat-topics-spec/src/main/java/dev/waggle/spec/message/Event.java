package dev.waggle.spec.message;

import dev.waggle.spec.Author;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.UserId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What rules decided and the store made durable. Immutable, versioned on disk, enough to rebuild the state. */
public sealed interface Event {

    /** Something that takes a seq of its own in a conversation: one row of its log. */
    sealed interface LogEntry extends Event {
        ConversationId conversation();

        /** 1, 2, 3 … in the conversation. */
        long seq();

        /** Server time, Unix milliseconds; never decreases within a conversation. */
        long ts();

        Author from();

        /** The device that caused it: it gets no copy. Null if none is known. */
        @Nullable
        DeviceId device();

        /** Who does not see it, though it is addressed to them. */
        default HiddenFrom hiddenFrom() {
            return HiddenFrom.NOBODY;
        }

        /** The same, hidden from these; what everybody must learn stays as it is. */
        default LogEntry hiddenFrom(HiddenFrom users) {
            return this;
        }
    }

    /**
     * A message.
     *
     * @param body as it is now: that of the last edit, if there was one
     * @param edit the last edit, or null
     * @param hiddenFrom who does not see it, though it is addressed to them
     */
    record MessageStored(
            ConversationId conversation,
            long seq,
            long ts,
            Author from,
            @Nullable DeviceId device,
            MessageProperties properties,
            Bytes body,
            @Nullable Edit edit,
            HiddenFrom hiddenFrom)
            implements LogEntry {
        /** As it was sent, for everybody to see. */
        public MessageStored(
                ConversationId conversation,
                long seq,
                long ts,
                Author from,
                @Nullable DeviceId device,
                MessageProperties properties,
                Bytes body) {
            this(conversation, seq, ts, from, device, properties, body, null, HiddenFrom.NOBODY);
        }

        /** The same message after an edit. */
        public MessageStored edited(Bytes now, Edit last) {
            return new MessageStored(conversation, seq, ts, from, device, properties, now, last, hiddenFrom);
        }

        @Override
        public MessageStored hiddenFrom(HiddenFrom users) {
            return new MessageStored(conversation, seq, ts, from, device, properties, body, edit, users);
        }

        /** When it expires, Unix milliseconds, or 0: never. */
        public long expiresAt() {
            return properties.expirySeconds() == 0 ? 0 : ts + properties.expirySeconds() * 1_000;
        }
    }

    /**
     * The last edit of a message.
     *
     * @param seq of its {@link MessageEdited}
     * @param ts of it
     */
    record Edit(long seq, long ts) {}

    /**
     * A message got another body (topic {@code ev/…/edit}). The message's own entry has that body too; an edit that a
     * later one replaced becomes a {@link MessageErased}, so a body stands nowhere that nobody is to see any more.
     *
     * @param target seq of the message
     * @param expiresAt of the message, Unix milliseconds, or 0: never
     * @param hiddenFrom who does not see it
     */
    record MessageEdited(
            ConversationId conversation,
            long seq,
            long ts,
            Author from,
            @Nullable DeviceId device,
            long target,
            long expiresAt,
            Bytes body,
            HiddenFrom hiddenFrom)
            implements LogEntry {
        /** One that everybody sees. */
        public MessageEdited(
                ConversationId conversation,
                long seq,
                long ts,
                Author from,
                @Nullable DeviceId device,
                long target,
                long expiresAt,
                Bytes body) {
            this(conversation, seq, ts, from, device, target, expiresAt, body, HiddenFrom.NOBODY);
        }

        @Override
        public MessageEdited hiddenFrom(HiddenFrom users) {
            return new MessageEdited(conversation, seq, ts, from, device, target, expiresAt, body, users);
        }
    }

    /** Messages were deleted for all (topic {@code ev/…/delete}); each of them is a {@link MessageErased} from then on. */
    record MessagesDeleted(
            ConversationId conversation,
            long seq,
            long ts,
            Author from,
            @Nullable DeviceId device,
            SeqRanges seqs) implements LogEntry {}

    /**
     * What stands where a message was that is gone for all, or an edit that counts no more: who and when, and nothing of
     * what it said. It is delivered as a gap.
     *
     * @param edit true: it was an edit
     */
    record MessageErased(
            ConversationId conversation,
            long seq,
            long ts,
            Author from,
            @Nullable DeviceId device,
            boolean edit) implements LogEntry {}

    /**
     * The members of a group changed (topic {@code ev/…/member}).
     *
     * @param created true for the first event of a group
     * @param name of the group, at its creation and for those who are invited, or null
     * @param added who is new, with roles; a member whose {@code firstSeq} is below {@code seq} is not new but has a
     *     new role
     * @param removed who was removed
     * @param left who left, or null
     * @param standing what became of users besides that, or null
     * @param settings other than the name and the usual ones, at its creation
     */
    record MembersChanged(
            ConversationId.Group conversation,
            long seq,
            long ts,
            Author from,
            @Nullable DeviceId device,
            boolean created,
            @Nullable String name,
            List<Member> added,
            List<UserId> removed,
            @Nullable UserId left,
            @Nullable Standing standing,
            GroupPatch settings)
            implements LogEntry {
        public MembersChanged {
            added = List.copyOf(added);
            removed = List.copyOf(removed);
        }

        /** Somebody came or went, and nothing else. */
        public MembersChanged(
                ConversationId.Group conversation,
                long seq,
                long ts,
                Author from,
                @Nullable DeviceId device,
                boolean created,
                @Nullable String name,
                List<Member> added,
                List<UserId> removed,
                @Nullable UserId left) {
            this(conversation, seq, ts, from, device, created, name, added, removed, left, null, GroupPatch.NONE);
        }
    }

    /**
     * Settings of a group changed (topic {@code ev/…/meta}).
     *
     * @param change what is different now
     */
    record SettingsChanged(
            ConversationId.Group conversation,
            long seq,
            long ts,
            Author from,
            @Nullable DeviceId device,
            GroupPatch change)
            implements LogEntry {}

    /**
     * An idempotency key was used; the same request gets the same reply until it expires.
     *
     * @param subject who used it
     * @param call false for messages, true for calls: two key spaces
     * @param hash of the body or the request, 16 bytes
     * @param reply the first answer
     * @param expiresAt Unix milliseconds
     */
    record KeyRemembered(
            ConversationId conversation,
            Author subject,
            boolean call,
            SendKey key,
            Bytes hash,
            Reply reply,
            long expiresAt)
            implements Event {}

    /** Something in one user's inbox. */
    sealed interface OfInbox extends Event {
        UserId user();
    }

    /** An entry was put at the end of an inbox. */
    record EntryAdded(UserId user, long position, LogEntry entry) implements OfInbox {}

    /** The user lost the right to a conversation: entries of it below this position must not go out. */
    record ConversationWithheld(UserId user, ConversationId conversation, long before) implements OfInbox {}

    /** A device record was made, replaced or found; online until closed. */
    record DeviceOpened(
            UserId user, DeviceId device, long epoch, boolean fresh, long cursor, long expirySeconds, long at)
            implements OfInbox {}

    /**
     * A connection of the device ended.
     *
     * @param unacknowledged positions it did not acknowledge
     * @param marksAt marks of others that changed before this time are known to the device, Unix milliseconds
     */
    record DeviceClosed(
            UserId user,
            DeviceId device,
            long epoch,
            long expirySeconds,
            DeviceProgress progress,
            List<Long> unacknowledged,
            long marksAt,
            long at)
            implements OfInbox {}

    /** The device record is gone. */
    record DeviceForgotten(UserId user, DeviceId device) implements OfInbox {}

    /** The device's cursor moved; not synced. */
    record CursorMoved(UserId user, DeviceId device, DeviceProgress progress) implements OfInbox {}

    /** The device's filters are now these. */
    record FiltersKept(UserId user, DeviceId device, List<Filter> filters) implements OfInbox {}

    /**
     * A QoS 2 packet id of the device is taken until it is released.
     *
     * @param seq of the message that came with it: a repeat gets the same answer
     * @param ts of that message
     */
    record PacketTaken(UserId user, DeviceId device, int packetId, long seq, long ts) implements OfInbox {}

    /** A QoS 2 packet id of the device is free. */
    record PacketReleased(UserId user, DeviceId device, int packetId) implements OfInbox {}

    /**
     * How far a user has come in a conversation; not synced unless it comes with something that is.
     *
     * @param by the device on which the user read it, or null
     */
    record MarkMoved(
            UserId user,
            ConversationId conversation,
            Mark mark,
            @Nullable DeviceId by) implements OfInbox {}

    /**
     * The user started a one-to-one conversation: its first message is the user's.
     *
     * @param since when the first of those that count together was started, Unix milliseconds
     * @param count how many were started since, this one included
     */
    record ConversationStarted(UserId user, long since, long count) implements OfInbox {}

    /**
     * A device can be woken in another way than before, or not any more.
     *
     * @param version of the registration from now on; above every earlier one
     * @param registration null: the device is not woken any more
     */
    record PushKept(
            UserId user,
            DeviceId device,
            long version,
            @Nullable Bytes registration) implements OfInbox {}

    /**
     * Something came for a user with devices that can be woken, and nothing waited for that before.
     *
     * @param from its position
     * @param at when, Unix milliseconds
     */
    record PushDue(UserId user, long from, long at) implements OfInbox {}

    /** What was due for these devices is done with, up to these positions; not synced. */
    record PushSettled(UserId user, Map<DeviceId, Long> handled) implements OfInbox {
        public PushSettled {
            handled = Map.copyOf(handled);
        }
    }

    /** The user's settings are now these. */
    record UserSettingsChanged(UserId user, UserSettings settings) implements OfInbox {}

    /**
     * A user set something for one conversation.
     *
     * @param own everything that is set from now on
     * @param by the device on which it was, or null
     */
    record OwnChanged(
            UserId user,
            ConversationId conversation,
            OwnSettings own,
            @Nullable DeviceId by) implements OfInbox {}

    /** The oldest entries gave way to gaps. */
    record InboxTrimmed(UserId user, long upTo, List<InboxItem.Missing> gaps) implements OfInbox {}

    /** The entries {@code from}…{@code upTo} of a conversation are gone. */
    record LogTrimmed(ConversationId conversation, long from, long upTo) implements Event {}

    /**
     * A record was made, changed or deleted.
     *
     * @param version of the record from now on; above every earlier one
     * @param value what it is, or null: it is gone
     */
    record RecordChanged(
            RecordKey key, long version, @Nullable Bytes value) implements Event {}
}
