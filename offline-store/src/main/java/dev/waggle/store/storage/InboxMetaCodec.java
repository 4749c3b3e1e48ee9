package dev.waggle.store.storage;

import dev.waggle.spec.ConversationId;
import java.util.HashMap;
import java.util.Map;

final class InboxMetaCodec extends RowCodec<InboxMeta> {
    InboxMetaCodec() {
        super("inbox meta row");
    }

    @Override
    void write(InboxMeta row, RowWriter writer) {
        writer.number(row.firstPosition())
                .number(row.lastEpoch())
                .flag(row.everSeen())
                .flag(row.everDurable());
        writer.number(row.withheld().size());
        row.withheld()
                .forEach((conversation, before) ->
                        writer.conversation(conversation).number(before));
    }

    @Override
    InboxMeta read(RowReader reader) {
        long firstPosition = reader.number();
        long lastEpoch = reader.number();
        boolean everSeen = reader.flag();
        boolean everDurable = reader.flag();
        int count = reader.count();
        Map<ConversationId, Long> withheld = new HashMap<>();
        for (int i = 0; i < count; i++) {
            withheld.put(reader.conversation(), reader.number());
        }
        return new InboxMeta(firstPosition, withheld, everSeen, everDurable, lastEpoch);
    }
}
