package dev.waggle.store.storage;

import dev.waggle.spec.message.Filter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

final class DeviceRowCodec extends RowCodec<DeviceRow> {
    private static final int NO_LOCAL = 1;
    private static final int RETAIN_AS_PUBLISHED = 2;
    private static final int HAS_ID = 4;

    DeviceRowCodec() {
        super("device row");
    }

    @Override
    void write(DeviceRow row, RowWriter writer) {
        writer.number(row.epoch())
                .flag(row.subscribed())
                .number(row.expirySeconds())
                .number(row.lastSeen())
                .number(row.onlineSince());
        writer.number(row.filters().size());
        row.filters().forEach(filter -> write(filter, writer));
        writer.number(row.ended().size());
        row.ended().forEach((position, times) -> writer.number(position).number(times));
    }

    @Override
    DeviceRow read(RowReader reader) {
        long epoch = reader.number();
        boolean subscribed = reader.flag();
        long expirySeconds = reader.number();
        long lastSeen = reader.number();
        long onlineSince = reader.number();
        int count = reader.count();
        List<Filter> filters = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            filters.add(filter(reader));
        }
        int positions = reader.count();
        Map<Long, Integer> ended = new HashMap<>();
        for (int i = 0; i < positions; i++) {
            ended.put(reader.number(), Math.toIntExact(reader.number()));
        }
        return new DeviceRow(epoch, subscribed, filters, expirySeconds, lastSeen, onlineSince, ended);
    }

    private static void write(Filter filter, RowWriter writer) {
        Integer id = filter.subscriptionId();
        int flags = (filter.noLocal() ? NO_LOCAL : 0)
                | (filter.retainAsPublished() ? RETAIN_AS_PUBLISHED : 0)
                | (id != null ? HAS_ID : 0);
        writer.text(filter.topic())
                .one(filter.qos())
                .one(filter.retainHandling())
                .one(flags);
        if (id != null) {
            writer.number(id);
        }
    }

    private static Filter filter(RowReader reader) {
        String topic = reader.text();
        int qos = reader.one();
        int retainHandling = reader.one();
        int flags = reader.one();
        Integer id = (flags & HAS_ID) != 0 ? Integer.valueOf((int) reader.number()) : null;
        return new Filter(topic, qos, (flags & NO_LOCAL) != 0, (flags & RETAIN_AS_PUBLISHED) != 0, retainHandling, id);
    }
}
