package dev.waggle.store.storage;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.UserId;
import java.nio.ByteBuffer;

/**
 * Rows of inboxes and their bytes, both ways. The user is in the key, so of a one-to-one conversation only the peer is
 * kept: this is the row that every message writes once for each reader.
 */
public final class InboxRows {
    private static final int DIRECT_POINTER = 1;
    private static final int GROUP_POINTER = 2;
    private static final int DIRECT_GAP = 3;
    private static final int GROUP_GAP = 4;

    private InboxRows() {}

    public static byte[] encode(UserId user, InboxRow row) {
        ConversationName name = row.conversation().seenBy(user);
        RowWriter writer = new RowWriter();
        if (row instanceof InboxRow.Pointer pointer) {
            writer.one(name instanceof ConversationName.Peer ? DIRECT_POINTER : GROUP_POINTER)
                    .number(pointer.seq());
        } else {
            InboxRow.Gap gap = (InboxRow.Gap) row;
            writer.one(name instanceof ConversationName.Peer ? DIRECT_GAP : GROUP_GAP)
                    .number(gap.from())
                    .number(gap.to());
        }
        String id = name instanceof ConversationName.Peer peer
                ? peer.peer().value()
                : ((ConversationName.InGroup) name).group().value();
        return writer.text(id).done();
    }

    /**
     * @param key of the row, for the message
     * @throws StorageFailure of kind {@code DAMAGED} if the bytes are not what {@link #encode} wrote
     */
    public static InboxRow decode(UserId user, byte[] key, byte[] value) throws StorageFailure {
        RowReader reader = new RowReader(value);
        try {
            InboxRow row = read(user, reader);
            reader.end();
            return row;
        } catch (RowReader.Malformed | IllegalArgumentException damage) {
            throw RowCodec.damaged("inbox row", key, damage);
        }
    }

    /** The position that the key of an inbox row ends with. */
    public static long position(byte[] key) {
        return ByteBuffer.wrap(key).getLong(key.length - Long.BYTES);
    }

    private static InboxRow read(UserId user, RowReader reader) {
        int kind = reader.one();
        switch (kind) {
            case DIRECT_POINTER:
            case GROUP_POINTER:
                long seq = reader.number();
                return new InboxRow.Pointer(conversation(user, kind == DIRECT_POINTER, reader.text()), seq);
            case DIRECT_GAP:
            case GROUP_GAP:
                long from = reader.number();
                long to = reader.number();
                return new InboxRow.Gap(conversation(user, kind == DIRECT_GAP, reader.text()), from, to);
            default:
                throw new RowReader.Malformed("no inbox row has the kind " + kind);
        }
    }

    private static ConversationId conversation(UserId user, boolean direct, String id) {
        return direct ? ConversationId.direct(user, new UserId(id)) : ConversationId.group(new GroupId(id));
    }
}
