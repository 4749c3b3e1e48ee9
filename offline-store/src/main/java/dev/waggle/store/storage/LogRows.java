package dev.waggle.store.storage;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.codec.EventCodec;
import dev.waggle.spec.message.Event;
import java.nio.ByteBuffer;

/** Entries of conversations and their rows, both ways. Conversation and seq are in the key and not repeated in the row. */
public final class LogRows {
    private LogRows() {}

    public static byte[] encode(Event.LogEntry entry) {
        return EventCodec.encodeEntry(entry);
    }

    /**
     * @param key of the row: tells the seq
     * @throws StorageFailure of kind {@code DAMAGED} if the bytes are not what {@link #encode} wrote
     */
    public static Event.LogEntry decode(ConversationId conversation, byte[] key, byte[] value) throws StorageFailure {
        return RowCodec.sound(key, EventCodec.decodeEntry(conversation, seq(key), value));
    }

    /** The seq that the key of a log row ends with. */
    public static long seq(byte[] key) {
        return ByteBuffer.wrap(key).getLong(key.length - Long.BYTES);
    }
}
