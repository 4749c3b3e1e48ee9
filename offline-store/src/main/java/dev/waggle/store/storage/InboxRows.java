package dev.waggle.store.storage;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.UserId;
import dev.waggle.spec.codec.BinaryReader;
import dev.waggle.spec.codec.BinaryWriter;
import java.nio.ByteBuffer;

/**
 * Rows of inboxes and their bytes, both ways. The user is in the key, so of a one-to-one conversation only the peer is
 * kept: this is the row that every message writes once for each reader. The first byte tells the kind; another form of a
 * row would take another number.
 */
public final class InboxRows {
    private static final int USUAL_ROOM = 40;
    private static final int DIRECT_POINTER = 1;
    private static final int GROUP_POINTER = 2;
    private static final int DIRECT_GAP = 3;
    private static final int GROUP_GAP = 4;

    private InboxRows() {}

    public static byte[] encode(UserId user, InboxRow row) {
        ConversationName name = row.conversation().seenBy(user);
        boolean direct = name instanceof ConversationName.Peer;
        BinaryWriter out = new BinaryWriter(USUAL_ROOM);
        if (row instanceof InboxRow.Pointer pointer) {
            out.u8(direct ? DIRECT_POINTER : GROUP_POINTER).number(pointer.seq());
        } else {
            InboxRow.Gap gap = (InboxRow.Gap) row;
            out.u8(direct ? DIRECT_GAP : GROUP_GAP).number(gap.from()).number(gap.to());
        }
        if (name instanceof ConversationName.Peer peer) {
            return out.user(peer.peer()).toByteArray();
        }
        return out.group(((ConversationName.InGroup) name).group()).toByteArray();
    }

    /**
     * @param key of the row, for the message
     * @throws StorageFailure of kind {@code DAMAGED} if the bytes are not what {@link #encode} wrote
     */
    public static InboxRow decode(UserId user, byte[] key, byte[] value) throws StorageFailure {
        return RowCodec.sound(key, BinaryReader.parse(value, "inbox row", in -> read(user, in)));
    }

    /** The position that the key of an inbox row ends with. */
    public static long position(byte[] key) {
        return ByteBuffer.wrap(key).getLong(key.length - Long.BYTES);
    }

    private static InboxRow read(UserId user, BinaryReader in) {
        int kind = in.u8();
        switch (kind) {
            case DIRECT_POINTER:
            case GROUP_POINTER:
                long seq = in.number();
                return new InboxRow.Pointer(conversation(user, kind == DIRECT_POINTER, in), seq);
            case DIRECT_GAP:
            case GROUP_GAP:
                long from = in.number();
                long to = in.number();
                return new InboxRow.Gap(conversation(user, kind == DIRECT_GAP, in), from, to);
            default:
                throw in.bad("no inbox row has the kind " + kind);
        }
    }

    private static ConversationId conversation(UserId user, boolean direct, BinaryReader in) {
        return direct ? ConversationId.direct(user, in.user()) : ConversationId.group(in.group());
    }
}
