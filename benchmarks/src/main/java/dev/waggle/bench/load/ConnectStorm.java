package dev.waggle.bench.load;

import dev.waggle.bench.target.Waiting;
import dev.waggle.bench.wire.Connect;
import dev.waggle.bench.wire.Packet;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Many clients that connect, are answered and leave; so many at a time. */
public final class ConnectStorm implements ClientListener {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Loop loop;
    private final InetSocketAddress address;
    private final Queue<Connect> waiting;
    private final CountDownLatch left;
    private int refused;
    private String firstRefusal = "";

    private ConnectStorm(Loop loop, InetSocketAddress address, List<Connect> connects) {
        this.loop = loop;
        this.address = address;
        this.waiting = new ArrayDeque<>(connects);
        this.left = new CountDownLatch(connects.size());
    }

    /** @return connects answered per second; throws if one was refused */
    public static double perSecond(Loop loop, InetSocketAddress address, List<Connect> connects, int atATime) {
        ConnectStorm storm = new ConnectStorm(loop, address, connects);
        long start = System.nanoTime();
        loop.execute(() -> {
            for (int i = 0; i < atATime; i++) {
                storm.next();
            }
        });
        Waiting.until("the storm passes", LIMIT, () -> storm.left.getCount() == 0);
        double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
        String wrong = loop.ask(() -> storm.refused + " refused, the first: " + storm.firstRefusal);
        if (loop.ask(() -> storm.refused) > 0) {
            throw new IllegalStateException(wrong);
        }
        return connects.size() / seconds;
    }

    private void next() {
        Connect connect = waiting.poll();
        if (connect != null) {
            new LoadClient(loop, address, connect, this).open();
        }
    }

    @Override
    public void connected(LoadClient client, Packet connack) {
        if (connack.reason() != 0) {
            refuse("CONNACK 0x" + Integer.toHexString(connack.reason()) + " " + connack.reasonString());
        }
        client.close();
        over();
    }

    @Override
    public void closed(LoadClient client, String cause) {
        refuse(cause);
        over();
    }

    private void refuse(String why) {
        firstRefusal = refused++ == 0 ? why : firstRefusal;
    }

    private void over() {
        left.countDown();
        next();
    }
}
