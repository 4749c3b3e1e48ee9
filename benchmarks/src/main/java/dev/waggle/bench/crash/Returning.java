package dev.waggle.bench.crash;

import dev.waggle.bench.load.ClientListener;
import dev.waggle.bench.load.LoadClient;
import dev.waggle.bench.load.Loop;
import dev.waggle.bench.wire.Connect;
import dev.waggle.bench.wire.Packet;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A client that comes back whenever its connection ends. Confined to the loop's thread. */
abstract class Returning implements ClientListener {
    private static final Duration RETRY = Duration.ofMillis(100);

    private final Loop loop;
    private final InetSocketAddress address;
    private @Nullable LoadClient client;
    private boolean stopped;
    private int connects;

    Returning(Loop loop, InetSocketAddress address) {
        this.loop = loop;
        this.address = address;
    }

    /** What to connect with, asked anew each time. */
    abstract Connect connect();

    /** A good CONNACK came. */
    abstract void welcome(LoadClient connected, Packet connack);

    /** A CONNACK that refuses, or the end of a connection. */
    void gone(String cause) {}

    void start() {
        LoadClient opened = new LoadClient(loop, address, connect(), this);
        client = opened;
        opened.open();
    }

    void stop() {
        stopped = true;
        LoadClient open = client;
        if (open != null) {
            open.close();
        }
    }

    Loop loop() {
        return loop;
    }

    boolean stopped() {
        return stopped;
    }

    /** The connection, if it is there. */
    @Nullable
    LoadClient open() {
        LoadClient open = client;
        return open != null && open.isConnected() ? open : null;
    }

    /** How often it was welcomed. */
    int connects() {
        return connects;
    }

    @Override
    public final void connected(LoadClient connected, Packet connack) {
        if (connack.reason() == 0) {
            connects++;
            welcome(connected, connack);
        } else {
            connected.abort();
            closed(connected, "CONNACK 0x" + Integer.toHexString(connack.reason()) + " " + connack.reasonString());
        }
    }

    @Override
    public final void closed(LoadClient ended, String cause) {
        if (ended != client) {
            return;
        }
        client = null;
        gone(cause);
        if (!stopped) {
            loop.after(RETRY, () -> {
                if (!stopped && client == null) {
                    start();
                }
            });
        }
    }
}
