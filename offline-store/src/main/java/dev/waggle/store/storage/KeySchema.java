package dev.waggle.store.storage;

import static dev.waggle.store.storage.KeyWriter.SEPARATOR;

import dev.waggle.spec.Author;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.RecordKey;
import dev.waggle.spec.message.SendKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys of all tables; drawn in the documentation of this package. Ids end with a NUL, which no id contains, so no
 * key of one id is a prefix of a key of another; numbers are big-endian and never negative, so that keys order as
 * numbers do. Think hard before changing this file: it is the format on disk.
 */
public final class KeySchema {
    private static final byte DIRECT = 'd';
    private static final byte GROUP = 'g';
    private static final byte GROUP_MARKS = 'm';
    private static final byte OUTBOX = 'o';
    private static final byte PUSH = 'q';
    private static final byte RECORD = 'r';
    private static final byte SHADOWED = 's';
    private static final byte USER = 'u';
    private static final byte SETTINGS = 'b';
    private static final byte CURSOR = 'c';
    private static final byte DEVICE = 'd';
    private static final byte INBOX_META = 'i';
    private static final byte PACKET = 'p';
    private static final byte STARTS = 's';
    /** Marks stand behind the other rows of a user, so that those can be read without them. */
    private static final byte MARK = 'v';
    /** Behind the marks, for the same reason. */
    private static final byte OWN = 'w';

    private static final byte URGENT = 'x';

    private KeySchema() {}

    /** {@link Table#META}: one number about the store. */
    public static byte[] meta(String name) {
        return new KeyWriter(name.length()).text(name).done();
    }

    /** {@link Table#LOG}: one entry. */
    public static byte[] log(ConversationId conversation, long seq) {
        return conversation(conversation, 8).number(seq).done();
    }

    /** {@link Table#LOG}: all entries of a conversation. */
    public static KeyRange log(ConversationId conversation) {
        return KeyRange.prefix(conversation(conversation, 0).done());
    }

    /** {@link Table#LOG}: entries {@code from} (inclusive) to {@code to} (exclusive). */
    public static KeyRange log(ConversationId conversation, long from, long to) {
        return KeyRange.of(log(conversation, from), log(conversation, to));
    }

    /** {@link Table#INBOX}: one position. */
    public static byte[] inbox(UserId user, long position) {
        return id(user, 8).number(position).done();
    }

    /** {@link Table#INBOX}: all positions of a user. */
    public static KeyRange inbox(UserId user) {
        return KeyRange.prefix(id(user, 0).done());
    }

    /** {@link Table#INBOX}: positions {@code from} (inclusive) to {@code to} (exclusive). */
    public static KeyRange inbox(UserId user, long from, long to) {
        return KeyRange.of(inbox(user, from), inbox(user, to));
    }

    /** {@link Table#KEYS}: an idempotency key of one subject in one conversation. */
    public static byte[] key(ConversationId conversation, Author subject, boolean call, SendKey key) {
        String author = subject.text();
        return conversation(conversation, author.length() + 2 + key.bytes().size())
                .text(author)
                .one(SEPARATOR)
                .one(call ? (byte) 'c' : (byte) 'm')
                .raw(key.bytes().shared())
                .done();
    }

    /** {@link Table#HEADS}: a group. */
    public static byte[] group(GroupId group) {
        return new KeyWriter(1 + group.value().length())
                .one(GROUP)
                .text(group.value())
                .done();
    }

    /** {@link Table#HEADS}: when a mark of a group changed for the others. */
    public static byte[] groupMarks(GroupId group) {
        return new KeyWriter(1 + group.value().length())
                .one(GROUP_MARKS)
                .text(group.value())
                .done();
    }

    /** {@link Table#HEADS}: an inbox. */
    public static byte[] inboxMeta(UserId user) {
        return user(user, INBOX_META, 0).done();
    }

    /** {@link Table#HEADS}: a user's settings. */
    public static byte[] settings(UserId user) {
        return user(user, SETTINGS, 0).done();
    }

    /** {@link Table#HEADS}: a device. */
    public static byte[] device(UserId user, DeviceId device) {
        return user(user, DEVICE, device.value().length()).text(device.value()).done();
    }

    /** {@link Table#HEADS}: all devices of a user. */
    public static KeyRange devices(UserId user) {
        return KeyRange.prefix(user(user, DEVICE, 0).done());
    }

    /** {@link Table#HEADS}: the cursor of a device. */
    public static byte[] cursor(UserId user, DeviceId device) {
        return user(user, CURSOR, device.value().length()).text(device.value()).done();
    }

    /** {@link Table#HEADS}: the cursors of all devices of a user. */
    public static KeyRange cursors(UserId user) {
        return KeyRange.prefix(user(user, CURSOR, 0).done());
    }

    /** {@link Table#HEADS}: how a device is woken. */
    public static byte[] push(UserId user, DeviceId device) {
        return user(user, PUSH, device.value().length()).text(device.value()).done();
    }

    /** {@link Table#HEADS}: how the devices of a user are woken. */
    public static KeyRange pushes(UserId user) {
        return KeyRange.prefix(user(user, PUSH, 0).done());
    }

    /** {@link Table#HEADS}: what is due of pushes to a user. */
    public static byte[] outbox(UserId user) {
        return listed(OUTBOX, user);
    }

    /** {@link Table#HEADS}: the outboxes of all users behind this one, or of all. */
    public static KeyRange outboxes(@Nullable UserId after) {
        return behind(OUTBOX, after);
    }

    /** {@link Table#HEADS}: that a user is shadowed. */
    public static byte[] shadowed(UserId user) {
        return listed(SHADOWED, user);
    }

    /** {@link Table#HEADS}: the shadowed users behind this one, or all. */
    public static KeyRange shadowedBehind(@Nullable UserId after) {
        return behind(SHADOWED, after);
    }

    private static byte[] listed(byte list, UserId user) {
        return new KeyWriter(1 + user.value().length())
                .one(list)
                .text(user.value())
                .done();
    }

    private static KeyRange behind(byte list, @Nullable UserId after) {
        KeyRange all = KeyRange.prefix(new KeyWriter(1).one(list).done());
        if (after == null) {
            return all;
        }
        byte[] key = listed(list, after);
        return new KeyRange(Arrays.copyOf(key, key.length + 1), all.to());
    }

    /** The user of a key of {@link #outbox} or {@link #shadowed}. */
    public static UserId listedUser(byte[] key) throws StorageFailure {
        String user = key.length > 1 ? new String(key, 1, key.length - 1, StandardCharsets.US_ASCII) : "";
        if (!UserId.parse(user).isOk()) {
            throw new StorageFailure(StorageFailure.Kind.DAMAGED, "no user is listed at the key " + KeyText.of(key));
        }
        return new UserId(user);
    }

    /** {@link Table#HEADS}: a QoS 2 packet id that a device has in use. */
    public static byte[] packet(UserId user, DeviceId device, int packetId) {
        return packets(user, device, 2).two(packetId).done();
    }

    /** {@link Table#HEADS}: all QoS 2 packet ids of a device. */
    public static KeyRange packets(UserId user, DeviceId device) {
        return KeyRange.prefix(packets(user, device, 0).done());
    }

    /** {@link Table#HEADS}: the conversations that a user has started lately. */
    public static byte[] starts(UserId user) {
        return user(user, STARTS, 0).done();
    }

    /** {@link Table#HEADS}: all rows of a user but the marks: meta, settings, devices, cursors, packet ids, starts. */
    public static KeyRange userState(UserId user) {
        return KeyRange.of(
                new KeyWriter(2 + user.value().length())
                        .one(USER)
                        .text(user.value())
                        .one(SEPARATOR)
                        .done(),
                user(user, MARK, 0).done());
    }

    /** {@link Table#HEADS}: a user's mark in a conversation. */
    public static byte[] mark(UserId user, ConversationName conversation) {
        String name = conversation.text();
        return user(user, MARK, name.length()).text(name).done();
    }

    /** {@link Table#HEADS}: where the last message of high priority in a conversation stands in a user's inbox. */
    public static byte[] urgent(UserId user, ConversationName conversation) {
        String name = conversation.text();
        return user(user, URGENT, name.length()).text(name).done();
    }

    /** {@link Table#HEADS}: the same for all conversations of a user. */
    public static KeyRange urgent(UserId user) {
        return KeyRange.prefix(user(user, URGENT, 0).done());
    }

    /**
     * The conversation of a mark, of what a user has set for it, or of a row of {@link #urgent(UserId, ConversationName)}.
     *
     * @throws StorageFailure of kind {@code DAMAGED} if none of them makes such a key
     */
    public static ConversationName markName(UserId user, byte[] key) throws StorageFailure {
        int at = 3 + user.value().length();
        String name = key.length > at ? new String(key, at, key.length - at, StandardCharsets.US_ASCII) : "";
        Parsed<ConversationName> parsed = ConversationName.parse(name);
        if (!parsed.isOk()) {
            throw new StorageFailure(
                    StorageFailure.Kind.DAMAGED, "the row at key " + KeyText.of(key) + " names no conversation");
        }
        return parsed.get();
    }

    /** {@link Table#HEADS}: all marks of a user, in order of the names of the conversations. */
    public static KeyRange marks(UserId user) {
        return KeyRange.prefix(user(user, MARK, 0).done());
    }

    /** {@link Table#HEADS}: the marks of a user behind this conversation, or all of them. */
    public static KeyRange marksBehind(UserId user, @Nullable ConversationName after) {
        KeyRange marks = marks(user);
        if (after == null) {
            return marks;
        }
        byte[] mark = mark(user, after);
        return new KeyRange(Arrays.copyOf(mark, mark.length + 1), marks.to());
    }

    /** {@link Table#HEADS}: what a user has set for a conversation. */
    public static byte[] own(UserId user, ConversationName conversation) {
        String name = conversation.text();
        return user(user, OWN, name.length()).text(name).done();
    }

    /** {@link Table#HEADS}: all of that of a user, in order of the names of the conversations. */
    public static KeyRange owns(UserId user) {
        return KeyRange.prefix(user(user, OWN, 0).done());
    }

    /** {@link Table#HEADS}: a record. */
    public static byte[] record(RecordKey key) {
        return record(key.kind(), key.key().size()).raw(key.key().shared()).done();
    }

    /** {@link Table#HEADS}: the records of a kind whose keys begin with {@code prefix}, in the order of their keys. */
    public static KeyRange records(String kind, Bytes prefix) {
        return KeyRange.prefix(record(kind, prefix.size()).raw(prefix.shared()).done());
    }

    /**
     * The record of a row.
     *
     * @throws StorageFailure of kind {@code DAMAGED} if {@link #record} makes no such key
     */
    public static RecordKey recordKey(byte[] key) throws StorageFailure {
        int end = 1;
        while (end < key.length && key[end] != SEPARATOR) {
            end++;
        }
        if (key.length > end + 1 && key[0] == RECORD) {
            try {
                return new RecordKey(
                        new String(key, 1, end - 1, StandardCharsets.US_ASCII),
                        Bytes.wrap(Arrays.copyOfRange(key, end + 1, key.length)));
            } catch (IllegalArgumentException outOfRange) {
                // no kind or no key: damage like any other
            }
        }
        throw new StorageFailure(StorageFailure.Kind.DAMAGED, "no record has the key " + KeyText.of(key));
    }

    private static KeyWriter record(String kind, int more) {
        return new KeyWriter(2 + kind.length() + more).one(RECORD).text(kind).one(SEPARATOR);
    }

    private static KeyWriter conversation(ConversationId conversation, int more) {
        if (conversation instanceof ConversationId.Direct direct) {
            String low = direct.low().value();
            String high = direct.high().value();
            return new KeyWriter(3 + low.length() + high.length() + more)
                    .one(DIRECT)
                    .text(low)
                    .one(SEPARATOR)
                    .text(high)
                    .one(SEPARATOR);
        }
        String group = ((ConversationId.Group) conversation).group().value();
        return new KeyWriter(2 + group.length() + more).one(GROUP).text(group).one(SEPARATOR);
    }

    private static KeyWriter id(UserId user, int more) {
        return new KeyWriter(user.value().length() + 1 + more)
                .text(user.value())
                .one(SEPARATOR);
    }

    private static KeyWriter user(UserId user, byte kind, int more) {
        return new KeyWriter(user.value().length() + 3 + more)
                .one(USER)
                .text(user.value())
                .one(SEPARATOR)
                .one(kind);
    }

    private static KeyWriter packets(UserId user, DeviceId device, int more) {
        return user(user, PACKET, device.value().length() + 1 + more)
                .text(device.value())
                .one(SEPARATOR);
    }
}
