package dev.waggle.store.storage;

final class KeyRowCodec extends RowCodec<KeyRow> {
    KeyRowCodec() {
        super("key row");
    }

    @Override
    void write(KeyRow row, RowWriter writer) {
        writer.number(row.expiresAt()).raw(row.hash().shared());
        ReplyForm.write(row.reply(), writer);
    }

    @Override
    KeyRow read(RowReader reader) {
        long expiresAt = reader.number();
        return new KeyRow(reader.bytes(KeyRow.HASH_BYTES), ReplyForm.read(reader), expiresAt);
    }
}
