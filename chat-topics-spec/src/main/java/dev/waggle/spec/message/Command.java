package dev.waggle.spec.message;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.UserId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can change the state of the server. A command carries all that a rule may know besides the state:
 * who asks, with which rights, and the server's time. Immutable; made by the broker, decided by the committer.
 */
public sealed interface Command {

    /** Server time at which the command was accepted, Unix milliseconds. */
    long now();

    /** A command whose key is a conversation. */
    sealed interface OfConversation extends Command {
        Actor actor();

        ConversationId conversation();

        /** Idempotency key, or null. */
        @Nullable
        SendKey key();
    }

    /** A command whose key is one user: the inbox and the devices. */
    sealed interface OfUser extends Command {
        UserId user();
    }

    /**
     * A message (topic {@code out}).
     *
     * @param body at most {@code Limits.body} bytes, checked before
     * @param qos2PacketId the packet id of a QoS 2 publish of a durable device, remembered in the same commit, or null
     * @param shadow true: only its author is to see it, without being told
     */
    record SendMessage(
            Actor actor,
            ConversationId conversation,
            @Nullable SendKey key,
            Bytes body,
            MessageProperties properties,
            @Nullable Integer qos2PacketId,
            boolean shadow,
            long now)
            implements OfConversation {
        /** For everybody to see. */
        public SendMessage(
                Actor actor,
                ConversationId conversation,
                @Nullable SendKey key,
                Bytes body,
                MessageProperties properties,
                @Nullable Integer qos2PacketId,
                long now) {
            this(actor, conversation, key, body, properties, qos2PacketId, false, now);
        }
    }

    /**
     * Call {@code group.create}; the creator becomes owner.
     *
     * @param settings what differs from the usual ones
     * @param members the others, without the creator
     */
    record CreateGroup(
            Actor actor,
            ConversationId.Group conversation,
            GroupPatch settings,
            List<UserId> members,
            @Nullable SendKey key,
            long now)
            implements OfConversation {
        public CreateGroup {
            members = List.copyOf(members);
        }
    }

    /** Call {@code group.update}. */
    record UpdateGroup(
            Actor actor,
            ConversationId.Group conversation,
            GroupPatch change,
            @Nullable SendKey key,
            long now) implements OfConversation {}

    /** Call {@code group.role}. */
    record ChangeRole(
            Actor actor,
            ConversationId.Group conversation,
            UserId member,
            MemberRole role,
            @Nullable SendKey key,
            long now)
            implements OfConversation {}

    /**
     * Calls {@code group.invite}, {@code group.refuse}, {@code group.ban}, {@code group.unban}, {@code group.mute}; and for
     * oneself {@code group.join} (which asks to come in, and is let in at once if the group allows it), {@code
     * group.decline}, {@code group.delete}.
     *
     * @param users whom it concerns; empty for the last three
     * @param seconds how long a mute lasts; 0 for all else
     */
    record ChangeStanding(
            Actor actor,
            ConversationId.Group conversation,
            Standing.Kind kind,
            List<UserId> users,
            long seconds,
            @Nullable SendKey key,
            long now)
            implements OfConversation {
        public ChangeStanding {
            users = List.copyOf(users);
        }
    }

    /** Call {@code group.add}; says yes to those who asked to come in. */
    record AddMembers(
            Actor actor,
            ConversationId.Group conversation,
            List<UserId> users,
            @Nullable SendKey key,
            long now) implements OfConversation {
        public AddMembers {
            users = List.copyOf(users);
        }
    }

    /** Call {@code group.remove}. */
    record RemoveMembers(
            Actor actor,
            ConversationId.Group conversation,
            List<UserId> users,
            @Nullable SendKey key,
            long now) implements OfConversation {
        public RemoveMembers {
            users = List.copyOf(users);
        }
    }

    /** Call {@code group.leave}. */
    record LeaveGroup(
            Actor actor,
            ConversationId.Group conversation,
            @Nullable SendKey key,
            long now) implements OfConversation {}

    /**
     * Call {@code message.edit}: the author, for a while.
     *
     * @param seq of the message
     * @param body its new one, at most {@code Limits.body} bytes, checked before
     * @param shadow true: only its author is to see it, without being told; others see what they saw before
     */
    record EditMessage(
            Actor actor,
            ConversationId conversation,
            long seq,
            Bytes body,
            boolean shadow,
            @Nullable SendKey key,
            long now)
            implements OfConversation {
        /** For everybody to see. */
        public EditMessage(
                Actor actor, ConversationId conversation, long seq, Bytes body, @Nullable SendKey key, long now) {
            this(actor, conversation, seq, body, false, key, now);
        }
    }

    /**
     * Call {@code message.delete} for all: the author, for a while; who may delete the messages of others, always.
     *
     * @param seqs of messages; events among them stay
     * @param fromOutside true: a moderator follows a report, and need not have a part in the conversation
     */
    record DeleteMessages(
            Actor actor,
            ConversationId conversation,
            SeqRanges seqs,
            boolean fromOutside,
            @Nullable SendKey key,
            long now)
            implements OfConversation {
        /** By somebody in the conversation. */
        public DeleteMessages(
                Actor actor, ConversationId conversation, SeqRanges seqs, @Nullable SendKey key, long now) {
            this(actor, conversation, seqs, false, key, now);
        }
    }

    /** A command by which a user sets something of a conversation for itself alone. */
    sealed interface ForOneself extends OfConversation {}

    /**
     * Call {@code message.delete} for me: the user sees these messages no more.
     *
     * @param seqs of messages; events among them stay
     */
    record HideMessages(
            Actor actor,
            ConversationId conversation,
            SeqRanges seqs,
            @Nullable SendKey key,
            long now) implements ForOneself {}

    /** Call {@code mute}. */
    record MuteConversation(
            Actor actor,
            ConversationId conversation,
            MutePatch change,
            @Nullable SendKey key,
            long now) implements ForOneself {}

    /**
     * A device connects (MQTT CONNECT, before CONNACK).
     *
     * @param cleanStart Clean Start 1 / clean session 1: the record is deleted first
     * @param expirySeconds Session Expiry Interval, limited by the server; 0 = transient
     * @param bootedAt when this process started, Unix milliseconds: a record left online by an earlier process crashed
     */
    record OpenSession(UserId user, DeviceId device, boolean cleanStart, long expirySeconds, long bootedAt, long now)
            implements OfUser {}

    /**
     * A connection ended.
     *
     * @param epoch of the session, from {@link Reply.SessionOpened}; an older one only moves the cursor
     * @param expirySeconds from the DISCONNECT or the CONNECT; 0 deletes the record
     * @param unacknowledged positions sent on this connection and not acknowledged, ascending
     * @param delivered as in {@link MoveCursor}
     * @param marksAt marks of others that changed before this time are known to the device, Unix milliseconds
     */
    record CloseSession(
            UserId user,
            DeviceId device,
            long epoch,
            long expirySeconds,
            DeviceProgress progress,
            List<Long> unacknowledged,
            Map<ConversationId, Long> delivered,
            long marksAt,
            long now)
            implements OfUser {
        public CloseSession {
            unacknowledged = List.copyOf(unacknowledged);
            delivered = Map.copyOf(delivered);
        }

        public CloseSession(
                UserId user,
                DeviceId device,
                long epoch,
                long expirySeconds,
                DeviceProgress progress,
                List<Long> unacknowledged,
                long now) {
            this(user, device, epoch, expirySeconds, progress, unacknowledged, Map.of(), now, now);
        }
    }

    /**
     * The user has read everything up to a seq (topic {@code read}). Synced, because the acknowledgement waits for it.
     *
     * @param seq above the last seq counts as the last
     * @param isPrivate true: only the user's own devices are told
     */
    record MarkRead(Actor actor, ConversationId conversation, long seq, boolean isPrivate, long now) implements OfUser {
        @Override
        public UserId user() {
            return actor.user();
        }
    }

    /** Calls {@code block}, {@code unblock}, {@code me.settings}. */
    record ChangeSettings(UserId user, SettingsChange change, long now) implements OfUser {}

    /**
     * What a device has acknowledged; coalesced, not synced, lost only means repeated. A transient device has no cursor
     * to move, but what it acknowledged counts as delivered too.
     *
     * @param delivered per conversation the highest seq that the device acknowledged since it last told; entries that
     *     were passed over do not count (PROTOCOL §4)
     */
    record MoveCursor(
            UserId user,
            DeviceId device,
            long epoch,
            DeviceProgress progress,
            Map<ConversationId, Long> delivered,
            long now)
            implements OfUser {
        public MoveCursor {
            delivered = Map.copyOf(delivered);
        }

        public MoveCursor(UserId user, DeviceId device, long epoch, DeviceProgress progress, long now) {
            this(user, device, epoch, progress, Map.of(), now);
        }
    }

    /**
     * SUBSCRIBE or UNSUBSCRIBE. Synced, because SUBACK and UNSUBACK wait for it.
     *
     * @param device the durable device whose record keeps the filters, or null for a transient one: then nothing is
     *     kept and the reply only tells where the inbox ends
     * @param add filters granted, replacing those of the same topic
     * @param remove topic filters to drop
     */
    record ChangeFilters(UserId user, @Nullable DeviceId device, List<Filter> add, List<String> remove, long now)
            implements OfUser {
        public ChangeFilters {
            add = List.copyOf(add);
            remove = List.copyOf(remove);
        }
    }

    /**
     * Calls {@code push.register}, {@code push.unregister}, and what follows when nobody is found at an address any more.
     *
     * @param expected version of the registration that this replaces; 0: there is none; or {@link #ANY_VERSION}
     * @param registration opaque to the store, at most {@link PutRecord#MAX_VALUE_BYTES}; null: none from now on
     */
    record KeepPush(
            UserId user,
            DeviceId device,
            long expected,
            @Nullable Bytes registration,
            long now) implements OfUser {
        public static final long ANY_VERSION = -1;
    }

    /**
     * What was done about waking devices of a user; not synced, lost only means that it is done again.
     *
     * @param handled for each device the position of the inbox up to which nothing is left to be done
     */
    record SettlePush(UserId user, Map<DeviceId, Long> handled, long now) implements OfUser {
        public SettlePush {
            handled = Map.copyOf(handled);
        }
    }

    /** Call {@code device.forget}: its place in the inbox and its registration for pushes go. */
    record ForgetDevice(UserId user, DeviceId device, long now) implements OfUser {}

    /** PUBREL of a QoS 2 publish: its packet id may be used again. */
    record ReleasePacket(UserId user, DeviceId device, int packetId, long now) implements OfUser {}

    /**
     * The oldest entries of an inbox over its limit give way to gaps. Made by the store itself from a snapshot.
     *
     * @param upTo every entry at or below this position goes
     * @param gaps what stands in their place, ascending by position
     */
    record TrimInbox(UserId user, long upTo, List<InboxItem.Missing> gaps, long now) implements OfUser {
        public TrimInbox {
            gaps = List.copyOf(gaps);
        }
    }

    /**
     * The oldest entries of a conversation that keeps too many, or too old ones, go. Made by the store itself from a
     * snapshot.
     *
     * @param from the first that is there
     * @param upTo every entry at or below this seq goes; of the last of the conversation, which tells where that ends,
     *     only the body
     */
    record TrimLog(ConversationId conversation, long from, long upTo, long now) implements Command {}

    /**
     * A record is made, changed or deleted, if it is as who asks has seen it.
     *
     * @param expected version that it must have now, 0 if there must be none
     * @param value what it becomes, at most 64 KiB; null: there is none from now on
     */
    record PutRecord(RecordKey key, long expected, @Nullable Bytes value, long now) implements Command {
        public static final int MAX_VALUE_BYTES = 65_536;

        public PutRecord {
            if (expected < 0) {
                throw new IllegalArgumentException("the expected version of a record is 0 or more");
            }
            if (value != null && value.size() > MAX_VALUE_BYTES) {
                throw new IllegalArgumentException(
                        "the value of a record has at most 65536 bytes, not " + value.size());
            }
        }
    }
}
