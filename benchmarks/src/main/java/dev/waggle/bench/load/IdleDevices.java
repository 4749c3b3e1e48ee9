package dev.waggle.bench.load;

import dev.waggle.bench.target.Target;
import dev.waggle.bench.target.Waiting;
import dev.waggle.bench.wire.Connect;
import dev.waggle.bench.wire.Packet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Devices that are connected and subscribed and have nothing to do. */
public final class IdleDevices implements AutoCloseable {
    private static final int BATCH = 100;
    private static final Duration BATCH_LIMIT = Duration.ofSeconds(60);

    private final Loop loop;
    private final Target target;
    private final List<LoadClient> clients = new ArrayList<>();
    private final AtomicInteger subscribed = new AtomicInteger();
    private final AtomicReference<String> failure = new AtomicReference<>("");

    public IdleDevices(Loop loop, Target target) {
        this.loop = loop;
        this.target = target;
    }

    /** Connects users {@code first … first + count - 1} as durable devices, a batch at a time. */
    public void connect(int first, int count) {
        for (int from = first; from < first + count; from += BATCH) {
            int begin = from;
            int end = Math.min(first + count, from + BATCH);
            loop.execute(() -> {
                for (int number = begin; number < end; number++) {
                    open(number);
                }
            });
            int expected = end - first;
            Waiting.until("idle devices subscribe", BATCH_LIMIT, () -> {
                if (!failure.get().isEmpty()) {
                    throw new IllegalStateException(failure.get());
                }
                return subscribed.get() >= expected;
            });
        }
    }

    /** Whether all connections are still there. */
    public boolean undisturbed() {
        return failure.get().isEmpty();
    }

    private void open(int number) {
        Connect connect = target.connect(number).durable(true, 3600).keepAlive(600);
        LoadClient client = new LoadClient(loop, target.address(), connect, new ClientListener() {
            @Override
            public void connected(LoadClient opened, Packet connack) {
                if (connack.reason() == 0) {
                    opened.subscribe(target.filter(number), 1);
                } else {
                    fail(opened, "CONNACK 0x" + Integer.toHexString(connack.reason()) + " " + connack.reasonString());
                }
            }

            @Override
            public void subscribed(LoadClient opened, Packet suback) {
                subscribed.incrementAndGet();
            }

            @Override
            public void closed(LoadClient ended, String cause) {
                fail(ended, cause);
            }
        });
        clients.add(client);
        client.open();
    }

    private void fail(LoadClient client, String cause) {
        failure.compareAndSet("", client.clientId() + ": " + cause);
    }

    @Override
    public void close() {
        loop.ask(() -> {
            clients.forEach(LoadClient::close);
            return true;
        });
    }
}
