package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.broker.gateway.direct.ClientBytes;
import dev.waggle.broker.gateway.direct.ClientBytes.Body;
import dev.waggle.broker.gateway.direct.RawClient;
import dev.waggle.broker.gateway.direct.RawClient.Frame;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Somebody with a plain socket who says whatever bytes it likes, and notes what kind of answer comes. MQTT 5. */
final class Attacker implements AutoCloseable {
    static final int CONNACK = 2;
    static final int PUBLISH = 3;
    static final int PUBACK = 4;
    static final int PUBREC = 5;
    static final int PUBCOMP = 7;
    static final int SUBACK = 9;
    static final int DISCONNECT = 14;
    static final int AUTH = 15;

    /** What the broker said: the type of the packet, and its reason codes. */
    record Said(int type, List<Integer> codes) {
        static final Said CLOSED = new Said(0, List.of());

        static Said of(int type, Integer... codes) {
            return new Said(type, List.of(codes));
        }

        /** Disconnected with this code. */
        static Said end(int code) {
            return of(DISCONNECT, code);
        }

        static Said connack(int code) {
            return of(CONNACK, code);
        }
    }

    private final RawClient client;

    Attacker(Reachable broker) {
        client = new RawClient(new InetSocketAddress("127.0.0.1", broker.mqttPort()), true);
    }

    /** One who is in, as a device of that user. */
    static Attacker in(Reachable broker, String user, String device) {
        Attacker attacker = new Attacker(broker);
        Said said = attacker.says(ConnectBytes.of(user + "." + device, broker.token(user, device))
                .flags(ConnectBytes.CLEAN)
                .bytes());
        if (!said.equals(Said.connack(0))) {
            throw new AssertionError(user + " is not let in: " + said);
        }
        return attacker;
    }

    /** What a CONNECT is answered. */
    static Said knock(Reachable broker, ConnectBytes connect) {
        try (Attacker attacker = new Attacker(broker)) {
            return attacker.says(connect.bytes());
        }
    }

    /** The broker may hang up in the middle of it: what it says then is still to be heard. */
    void send(byte[]... packets) {
        try {
            client.send(packets);
        } catch (UncheckedIOException hungUp) {
            assertThat(hungUp).hasCauseInstanceOf(SocketException.class);
        }
    }

    /** Sends, and hears the next answer. */
    Said says(byte[]... packets) {
        send(packets);
        return hears();
    }

    Said hears() {
        Frame frame = client.frame();
        if (frame == null) {
            return Said.CLOSED;
        }
        ByteBuffer body = frame.body();
        int type = frame.header() >> 4 & 0xF;
        switch (type) {
            case CONNACK:
                return Said.of(type, body.get(1) & 0xFF);
            case PUBACK, PUBREC, PUBCOMP:
                return Said.of(type, body.remaining() > 2 ? body.get(2) & 0xFF : 0);
            case SUBACK:
                body.getShort();
                skipProperties(body);
                List<Integer> codes = new ArrayList<>();
                while (body.hasRemaining()) {
                    codes.add(body.get() & 0xFF);
                }
                return new Said(type, codes);
            case DISCONNECT, AUTH:
                return Said.of(type, body.hasRemaining() ? body.get() & 0xFF : 0);
            default:
                return new Said(type, List.of());
        }
    }

    private static void skipProperties(ByteBuffer body) {
        int length = 0;
        int shift = 0;
        int digit;
        do {
            digit = body.get();
            length |= (digit & 0x7F) << shift;
            shift += 7;
        } while ((digit & 0x80) != 0);
        body.position(body.position() + length);
    }

    /** Breaks the connection without a word. */
    @Override
    public void close() {
        client.close();
    }

    /** @param alias 0 for none */
    static byte[] publish(String topic, int qos, int packetId, int alias) {
        Body properties = new Body();
        if (alias != 0) {
            properties.write(0x23);
            properties.number(alias);
        }
        return publish(topic, qos, packetId, properties);
    }

    static byte[] publish(String topic, int qos, int packetId, Body properties) {
        Body body = new Body().text(topic);
        if (qos > 0) {
            body.number(packetId);
        }
        body.sized(properties).write('x');
        return ClientBytes.packet(0x30 | qos << 1, body);
    }

    static byte[] subscribe(String... filters) {
        Body body = new Body().number(1);
        body.write(0);
        for (String filter : filters) {
            body.text(filter).write(1);
        }
        return ClientBytes.packet(0x82, body);
    }

    /** A packet of an odd kind. */
    static byte[] packet(int header, int... bytes) {
        Body body = new Body();
        for (int each : bytes) {
            body.write(each);
        }
        return ClientBytes.packet(header, body);
    }
}
