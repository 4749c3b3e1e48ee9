package dev.waggle.store.storage;

final class PacketRowCodec extends RowCodec<PacketRow> {
    PacketRowCodec() {
        super("packet row");
    }

    @Override
    void write(PacketRow row, RowWriter writer) {
        writer.number(row.seq()).number(row.ts());
    }

    @Override
    PacketRow read(RowReader reader) {
        return new PacketRow(reader.number(), reader.number());
    }
}
