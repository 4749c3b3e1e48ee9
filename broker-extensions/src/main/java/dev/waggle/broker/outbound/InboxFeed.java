package dev.waggle.broker.outbound;

import dev.waggle.broker.gateway.Connection;
import dev.waggle.spec.RunsOn;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.InboxItem;
import dev.waggle.store.Reads;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Joins one device's window to its connection and to the pages of the store. */
@RunsOn("connection")
final class InboxFeed implements WindowWire {
    private static final Logger LOG = LoggerFactory.getLogger(InboxFeed.class);

    private final UserId me;
    private final Connection connection;
    private final Errands errands;
    private final Reads reads;
    private final Screen screen;
    private final Traffic traffic;
    private @Nullable DeviceWindow window;
    private boolean failed;

    InboxFeed(UserId me, Connection connection, Errands errands, Reads reads, Screen screen, Traffic traffic) {
        this.me = me;
        this.connection = connection;
        this.errands = errands;
        this.reads = reads;
        this.screen = screen;
        this.traffic = traffic;
    }

    void serves(DeviceWindow served) {
        window = served;
    }

    @Override
    public boolean isWritable() {
        return connection.isWritable();
    }

    @Override
    public boolean wantsAny() {
        return screen.filters().atLeastOnce();
    }

    @Override
    public Fate fate(InboxItem item) {
        return screen.fate(item);
    }

    @Override
    public void copy(InboxItem.Entry entry) {
        if (connection.isWritable()) {
            connection.send(screen.delivery(entry, 0, 0, false));
            traffic.delivered();
        }
    }

    @Override
    public void send(InboxItem.Entry entry, int packetId, boolean resumed) {
        connection.send(screen.delivery(entry, 1, packetId, resumed));
        traffic.delivered();
    }

    @Override
    public void send(OpenGap gap, int packetId, boolean resumed) {
        connection.send(screen.gap(gap, packetId, resumed));
        traffic.gap();
    }

    @Override
    public void read(long after, int maxItems, int maxBytes) {
        reads.backlog(me, after, maxItems, maxBytes)
                .whenComplete((items, failure) -> errands.add(() -> {
                    DeviceWindow served = window;
                    if (served == null) {
                        return;
                    }
                    if (failure == null) {
                        served.page(items);
                    } else {
                        LOG.debug("cannot read the inbox of {}: {}", me, failure.toString());
                        failed = true;
                    }
                }));
    }

    @Override
    public void readUrgent(long after, int maxItems, int maxBytes) {
        reads.urgent(me, after, maxItems, maxBytes)
                .whenComplete((items, failure) -> errands.add(() -> {
                    DeviceWindow served = window;
                    if (served == null) {
                        return;
                    }
                    if (failure == null) {
                        served.urgentPage(items);
                    } else {
                        LOG.debug("cannot read what is urgent for {}: {}", me, failure.toString());
                        served.urgentPageFailed();
                    }
                }));
    }

    /** True if the last page could not be read; {@link #retry} allows the next one. */
    boolean failed() {
        return failed;
    }

    void retry() {
        DeviceWindow served = window;
        if (failed && served != null) {
            failed = false;
            served.pageFailed();
        }
    }
}
