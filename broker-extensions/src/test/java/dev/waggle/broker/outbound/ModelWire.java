package dev.waggle.broker.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.message.InboxItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One connection as the window sees it; it checks each packet as a strict client would. */
final class ModelWire implements WindowWire {
    /** A packet on the wire. */
    record Packet(int id, long first, long last, boolean gap, int bytes) {}

    private final ModelInbox inbox;
    private final Set<Long> sentHere = new HashSet<>();
    private final Map<ConversationId, Long> lastSeq = new HashMap<>();
    private long lastInTurn;
    /** Unacknowledged, by packet id. */
    final TreeMap<Integer, Packet> flying = new TreeMap<>();

    final List<Integer> order = new ArrayList<>();
    final List<Long> covered = new ArrayList<>();
    final List<Long> resumed = new ArrayList<>();
    boolean writable = true;
    boolean wantsAny = true;
    /** After which position a page was asked for, or null. */
    @Nullable
    Long asked;

    /** After which position what is urgent was asked for, or null. */
    @Nullable
    Long askedUrgent;

    ModelWire(ModelInbox inbox) {
        this.inbox = inbox;
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public boolean wantsAny() {
        return wantsAny;
    }

    @Override
    public Fate fate(InboxItem item) {
        return inbox.fates.getOrDefault(item.position(), Fate.PASS);
    }

    @Override
    public void copy(InboxItem.Entry entry) {
        assertThat(fate(entry)).isEqualTo(Fate.COPY);
    }

    @Override
    public void send(InboxItem.Entry entry, int packetId, boolean again) {
        assertThat(fate(entry))
                .as("position %d is not for sending", entry.position())
                .isEqualTo(Fate.SEND);
        if (again) {
            resumed.add(entry.position());
        }
        fly(new Packet(packetId, entry.position(), entry.position(), false, Upcoming.weight(entry)));
    }

    @Override
    public void send(OpenGap gap, int packetId, boolean again) {
        for (long seq = gap.from(); seq <= gap.to(); seq++) {
            long position = inbox.positionOf(gap.conversation(), seq);
            assertThat(inbox.fates.get(position))
                    .as("gap over position %d", position)
                    .isNotEqualTo(Fate.SEND);
            covered.add(position);
        }
        fly(new Packet(packetId, gap.firstPosition(), gap.lastPosition(), true, 64));
    }

    private void fly(Packet packet) {
        assertThat(writable).as("peer reads").isTrue();
        assertThat(packet.id()).isEqualTo(1_024 + (int) (packet.last() % 64_000));
        InboxItem.Entry item = inbox.items.get((int) packet.last() - 1);
        assertThat(item.entry().seq())
                .as("order in the conversation")
                .isGreaterThan(lastSeq.getOrDefault(item.entry().conversation(), 0L));
        lastSeq.put(item.entry().conversation(), item.entry().seq());
        if (!inbox.isBeforeAnUrgentOne(item)) {
            assertThat(packet.first()).as("order of positions").isGreaterThan(lastInTurn);
            lastInTurn = packet.last();
        }
        assertThat(sentHere.add(packet.last())).as("sent once a connection").isTrue();
        assertThat(flying).as("packet ids on the wire").doesNotContainKey(packet.id());
        flying.put(packet.id(), packet);
        order.add(packet.id());
    }

    int flyingBytes() {
        return flying.values().stream().mapToInt(Packet::bytes).sum();
    }

    @Override
    public void read(long after, int maxItems, int maxBytes) {
        assertThat(asked).as("one page at a time").isNull();
        asked = after;
    }

    @Override
    public void readUrgent(long after, int maxItems, int maxBytes) {
        assertThat(askedUrgent).as("one page at a time").isNull();
        askedUrgent = after;
    }

    /** Lets the window do all that it can. */
    void run(DeviceWindow window) {
        window.pump();
        while (asked != null || askedUrgent != null) {
            answerUrgent(window, false);
            answerPage(window, false);
        }
    }

    void answerPage(DeviceWindow window, boolean fails) {
        Long after = asked;
        if (after == null) {
            return;
        }
        asked = null;
        if (fails) {
            window.pageFailed();
        } else {
            window.page(inbox.page(after, Upcoming.PAGE_ITEMS, Upcoming.PAGE_BYTES));
        }
        window.pump();
    }

    void answerUrgent(DeviceWindow window, boolean fails) {
        Long after = askedUrgent;
        if (after == null) {
            return;
        }
        askedUrgent = null;
        if (fails) {
            window.urgentPageFailed();
        } else {
            window.urgentPage(inbox.urgentPage(after, Upcoming.PAGE_ITEMS, Upcoming.PAGE_BYTES));
        }
        window.pump();
    }
}
