package dev.waggle.store.storage;

import dev.waggle.spec.Author;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.message.Event;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Entries of conversations and their bytes, both ways. Conversation and seq are in the key, so they are not repeated in
 * the row; the body stands last and has no length of its own.
 */
public final class LogRows {
    private static final int MESSAGE = 1;
    private static final int MEMBERS = 2;

    private LogRows() {}

    public static byte[] encode(Event.LogEntry entry) {
        DeviceId device = entry.device();
        RowWriter writer = new RowWriter();
        writer.one(entry instanceof Event.MessageStored ? MESSAGE : MEMBERS)
                .number(entry.ts())
                .text(entry.from().text())
                .text(device == null ? "" : device.value());
        if (entry instanceof Event.MessageStored message) {
            MessageForm.write(message, writer);
        } else {
            MembersForm.write((Event.MembersChanged) entry, writer);
        }
        return writer.done();
    }

    /**
     * @param key of the row: tells the seq
     * @throws StorageFailure of kind {@code DAMAGED} if the bytes are not what {@link #encode} wrote
     */
    public static Event.LogEntry decode(ConversationId conversation, byte[] key, byte[] value) throws StorageFailure {
        RowReader reader = new RowReader(value);
        try {
            int kind = reader.one();
            long ts = reader.number();
            Author from = author(reader.text());
            DeviceId device = device(reader.text());
            Event.LogEntry entry =
                    switch (kind) {
                        case MESSAGE -> MessageForm.read(conversation, seq(key), ts, from, device, reader);
                        case MEMBERS -> MembersForm.read(group(conversation), seq(key), ts, from, device, reader);
                        default -> throw new RowReader.Malformed("no log row has the kind " + kind);
                    };
            reader.end();
            return entry;
        } catch (RowReader.Malformed | IllegalArgumentException damage) {
            throw RowCodec.damaged("log row", key, damage);
        }
    }

    /** The seq that the key of a log row ends with. */
    public static long seq(byte[] key) {
        return ByteBuffer.wrap(key).getLong(key.length - Long.BYTES);
    }

    /** The time of an entry alone: the head of a conversation needs no more of its last row. */
    public static long ts(byte[] key, byte[] value) throws StorageFailure {
        RowReader reader = new RowReader(value);
        try {
            reader.one();
            return reader.number();
        } catch (RowReader.Malformed damage) {
            throw RowCodec.damaged("log row", key, damage);
        }
    }

    private static Author author(String text) {
        return Author.parse(text).fold(author -> author, reason -> {
            throw new RowReader.Malformed("its author: " + reason);
        });
    }

    private static @Nullable DeviceId device(String text) {
        return text.isEmpty() ? null : new DeviceId(text);
    }

    private static ConversationId.Group group(ConversationId conversation) {
        if (conversation instanceof ConversationId.Group group) {
            return group;
        }
        throw new RowReader.Malformed("a change of members stands in a one-to-one conversation");
    }
}
