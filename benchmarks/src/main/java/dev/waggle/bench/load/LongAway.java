package dev.waggle.bench.load;

import dev.waggle.bench.target.Waiting;
import dev.waggle.bench.wire.Connect;
import dev.waggle.bench.wire.Packet;
import java.net.InetSocketAddress;
import java.time.Duration;

/** One durable device that leaves and comes back, and how long it then waits for one message among many. */
public final class LongAway {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Loop loop;
    private final InetSocketAddress address;
    private final Connect connect;

    /** @param user its device is {@code d} */
    public LongAway(Loop loop, InetSocketAddress address, String user, String token) {
        this.loop = loop;
        this.address = address;
        this.connect = Connect.of(user + ".d", user, token).durable(false, 3_600);
    }

    /** Connects for the first time, subscribes and leaves. */
    public void settle() {
        Listener listener = new Listener("");
        LoadClient client = new LoadClient(loop, address, connect, listener);
        loop.execute(client::open);
        Waiting.until("the device is subscribed", LIMIT, () -> {
            loop.check();
            return listener.subscribed;
        });
        loop.ask(() -> {
            client.close();
            return true;
        });
    }

    /** @return nanoseconds from opening the connection to the message with this text; all are acknowledged on the way */
    public long comeBack(String text) {
        Listener listener = new Listener(text);
        LoadClient client = new LoadClient(loop, address, connect, listener);
        long begin = System.nanoTime();
        loop.execute(client::open);
        Waiting.until("the message arrives", LIMIT, () -> {
            loop.check();
            return listener.foundAt != 0;
        });
        loop.ask(() -> {
            client.close();
            return true;
        });
        return listener.foundAt - begin;
    }

    private static final class Listener implements ClientListener {
        private final String wanted;
        private volatile boolean subscribed;
        private volatile long foundAt;

        Listener(String wanted) {
            this.wanted = wanted;
        }

        @Override
        public void connected(LoadClient client, Packet connack) {
            if (wanted.isEmpty()) {
                client.subscribe("u/" + user(client) + "/in/#", 1);
            }
        }

        private static String user(LoadClient client) {
            return client.clientId().substring(0, client.clientId().indexOf('.'));
        }

        @Override
        public void subscribed(LoadClient client, Packet suback) {
            subscribed = true;
        }

        @Override
        public boolean arrived(LoadClient client, Packet publish) {
            if (foundAt == 0 && publish.payloadText().equals(wanted)) {
                foundAt = System.nanoTime();
            }
            return true;
        }
    }
}
