package dev.waggle.bench.load;

import dev.waggle.bench.target.Target;
import dev.waggle.bench.wire.Packet;

/** A sender that heeds no refusal: it publishes as fast as it is answered. */
public final class Flood implements Abuser, ClientListener {
    private final Loop loop;
    private final LoadClient client;
    private final byte[] topic;
    private final byte[] payload = new byte[100];
    private long accepted;
    private long refused;
    private String end = "";

    public Flood(Loop loop, Target target, int from, int to) {
        this.loop = loop;
        this.topic = target.directTopic(from, to);
        this.client = new LoadClient(loop, target.address(), target.connect(from), this);
        loop.execute(client::open);
    }

    @Override
    public void connected(LoadClient opened, Packet connack) {
        for (int i = 0; connack.reason() == 0 && i < opened.receiveMaximum(); i++) {
            opened.publish(topic, payload);
        }
    }

    @Override
    public void acknowledged(LoadClient opened, Packet puback) {
        if (puback.reason() < 0x80) {
            accepted++;
        } else {
            refused++;
        }
        opened.publish(topic, payload);
    }

    @Override
    public void closed(LoadClient ended, String cause) {
        end = cause;
    }

    @Override
    public String manner() {
        return "a sender far over its rate";
    }

    @Override
    public String outcome() {
        return loop.ask(() -> accepted + " accepted, " + refused + " refused " + end);
    }

    @Override
    public void close() {
        loop.ask(() -> {
            client.abort();
            return true;
        });
    }
}
