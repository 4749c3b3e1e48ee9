package dev.waggle.store.storage;

import dev.waggle.spec.message.DeviceProgress;

/** The codecs of the rows of {@link Table#KEYS} and {@link Table#HEADS}; the others: {@link InboxRows}, {@link LogRows}. */
public final class Rows {
    /** {@link KeySchema#group}. */
    public static final RowCodec<GroupRow> GROUP = new GroupRowCodec();
    /** {@link KeySchema#key}. */
    public static final RowCodec<KeyRow> KEY = new KeyRowCodec();
    /** {@link KeySchema#inboxMeta}. */
    public static final RowCodec<InboxMeta> INBOX_META = new InboxMetaCodec();
    /** {@link KeySchema#device}. */
    public static final RowCodec<DeviceRow> DEVICE = new DeviceRowCodec();
    /** {@link KeySchema#cursor}. */
    public static final RowCodec<DeviceProgress> CURSOR = new CursorRowCodec();
    /** {@link KeySchema#mark}. */
    public static final RowCodec<MarkRow> MARK = new MarkRowCodec();
    /** {@link KeySchema#packet}. */
    public static final RowCodec<PacketRow> PACKET = new PacketRowCodec();

    private Rows() {}
}
