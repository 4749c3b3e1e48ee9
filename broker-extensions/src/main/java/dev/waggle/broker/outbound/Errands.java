package dev.waggle.broker.outbound;

import dev.waggle.broker.gateway.Connection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits to be done on one connection's thread. However many errands were left meanwhile, one task does them all,
 * settles what they changed and flushes once: deliveries and acknowledgements of one commit share a write.
 */
public final class Errands {
    private static final Logger LOG = LoggerFactory.getLogger(Errands.class);

    /** After so many the thread is lent to other connections. */
    private static final int AT_ONCE = 1_024;

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean due = new AtomicBoolean();
    private final Connection connection;
    private final Runnable settle;
    private final Runnable task = this::run;

    /**
     * @param settle run on the connection's thread after each batch of errands, before the flush
     */
    public Errands(Connection connection, Runnable settle) {
        this.connection = connection;
        this.settle = settle;
    }

    /** Leaves an errand. Any thread; done in the order of the calls, dropped once the connection is closed. */
    public void add(Runnable errand) {
        waiting.add(errand);
        wake();
    }

    /** Sees to it that the connection settles and flushes soon. Any thread. */
    public void wake() {
        if (due.compareAndSet(false, true)) {
            connection.execute(task);
        }
    }

    private void run() {
        due.set(false);
        try {
            for (int i = 0; i < AT_ONCE; i++) {
                Runnable errand = waiting.poll();
                if (errand == null) {
                    break;
                }
                errand.run();
            }
            settle.run();
            connection.flush();
        } catch (RuntimeException bug) {
            // The state of this connection is in doubt; nobody else's is. The device comes back to its stored record.
            LOG.error(
                    "connection {} is closed after a bug", connection.profile().clientId(), bug);
            connection.disconnect(0x80, "the server made a mistake with this connection");
        }
        if (!waiting.isEmpty()) {
            wake();
        }
    }
}
