package dev.waggle.broker.outbound;

import dev.waggle.spec.Author;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.InboxItem;
import dev.waggle.spec.message.MessageProperties;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** An inbox whose every item has a fate that the test decides. */
final class ModelInbox {
    private static final DeviceId DEVICE = new DeviceId("d");

    private static final MessageProperties URGENT =
            new MessageProperties(null, false, 0, List.of(new MessageProperties.UserProperty("prio", "high")));

    private final Random random;
    /** One message in so many has priority; 0: none. */
    int urgentOneIn;

    int conversations = 3;
    private final Map<ConversationId, Long> seqs = new HashMap<>();
    final List<InboxItem.Entry> items = new ArrayList<>();
    final Map<Long, Fate> fates = new HashMap<>();

    ModelInbox(Random random) {
        this.random = random;
    }

    InboxItem.Entry commit() {
        int roll = random.nextInt(10);
        Fate fate = roll < 6 ? Fate.SEND : roll < 7 ? Fate.PASS : roll < 8 ? Fate.COPY : Fate.GAP;
        int size = random.nextInt(20) == 0 ? 60_000 : random.nextInt(200);
        return commit(fate, size, random.nextInt(conversations), urgentOneIn > 0 && random.nextInt(urgentOneIn) == 0);
    }

    InboxItem.Entry commit(Fate fate, int size, int conversation) {
        return commit(fate, size, conversation, false);
    }

    InboxItem.Entry commit(Fate fate, int size, int conversation, boolean urgent) {
        long position = items.size() + 1L;
        ConversationId of = ConversationId.group(new GroupId("g" + conversation));
        long seq = seqs.merge(of, 1L, Long::sum);
        Event.LogEntry entry = new Event.MessageStored(
                of,
                seq,
                position,
                Author.of(new UserId("bob")),
                DEVICE,
                urgent ? URGENT : MessageProperties.NONE,
                Bytes.wrap(new byte[size]));
        InboxItem.Entry item = new InboxItem.Entry(position, entry);
        items.add(item);
        fates.put(position, fate);
        return item;
    }

    /** A page as the store gives it. */
    List<InboxItem> page(long after, int maxItems, int maxBytes) {
        List<InboxItem> page = new ArrayList<>();
        int bytes = 0;
        for (int i = (int) after; i < items.size() && page.size() < maxItems; i++) {
            int size = Upcoming.weight(items.get(i));
            if (!page.isEmpty() && bytes + size > maxBytes) {
                break;
            }
            bytes += size;
            page.add(items.get(i));
        }
        return page;
    }

    /** What is urgent as the store says it. */
    List<InboxItem> urgentPage(long after, int maxItems, int maxBytes) {
        List<InboxItem> page = new ArrayList<>();
        int bytes = 0;
        for (int i = (int) after; i < items.size() && page.size() < maxItems && bytes <= maxBytes; i++) {
            if (isBeforeAnUrgentOne(items.get(i))) {
                page.add(items.get(i));
                bytes += Upcoming.weight(items.get(i));
            }
        }
        return page;
    }

    /** True if a message of priority stands in the same conversation, there or later. */
    boolean isBeforeAnUrgentOne(InboxItem.Entry item) {
        return items.subList((int) item.position() - 1, items.size()).stream()
                .anyMatch(other -> other.entry()
                                .conversation()
                                .equals(item.entry().conversation())
                        && ((Event.MessageStored) other.entry()).properties().isUrgent());
    }

    long end() {
        return items.size();
    }

    long positionOf(ConversationId conversation, long seq) {
        for (InboxItem.Entry item : items) {
            if (item.entry().seq() == seq && item.entry().conversation().equals(conversation)) {
                return item.position();
            }
        }
        throw new IllegalStateException("no such seq");
    }
}
