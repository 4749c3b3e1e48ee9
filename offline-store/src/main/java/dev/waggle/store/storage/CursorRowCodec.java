package dev.waggle.store.storage;

import dev.waggle.spec.message.DeviceProgress;
import java.util.ArrayList;
import java.util.List;

/** Positions above the cursor are ascending, so each is kept as its distance from the one before. */
final class CursorRowCodec extends RowCodec<DeviceProgress> {
    CursorRowCodec() {
        super("cursor row");
    }

    @Override
    void write(DeviceProgress row, RowWriter writer) {
        writer.number(row.cursor()).number(row.sentUpTo());
        writer.number(row.above().size());
        long before = row.cursor();
        for (long position : row.above()) {
            writer.number(position - before);
            before = position;
        }
    }

    @Override
    DeviceProgress read(RowReader reader) {
        long cursor = reader.number();
        long sentUpTo = reader.number();
        int count = reader.count();
        List<Long> above = new ArrayList<>(count);
        long before = cursor;
        for (int i = 0; i < count; i++) {
            before += reader.number();
            above.add(before);
        }
        return new DeviceProgress(cursor, above, sentUpTo);
    }
}
