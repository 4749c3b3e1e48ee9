package dev.waggle.store.storage;

final class MarkRowCodec extends RowCodec<MarkRow> {
    MarkRowCodec() {
        super("mark row");
    }

    @Override
    void write(MarkRow row, RowWriter writer) {
        writer.number(row.firstSeq()).number(row.delivered()).number(row.read());
    }

    @Override
    MarkRow read(RowReader reader) {
        return new MarkRow(reader.number(), reader.number(), reader.number());
    }
}
