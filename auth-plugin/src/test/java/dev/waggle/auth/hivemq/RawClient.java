package dev.waggle.auth.hivemq;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Speaks just enough MQTT to connect wrongly and to read what the broker says about it. */
final class RawClient implements Closeable {
    private static final int REASON_STRING = 0x1F;

    private final Socket socket;
    private final DataInputStream in;

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(15_000);
        in = new DataInputStream(socket.getInputStream());
    }

    /** What a CONNECT is made of. Level 3 is MQTT 3.1, 4 is 3.1.1, 5 is 5. */
    record Connect(
            int level,
            String clientId,
            @Nullable String user,
            @Nullable String password,
            @Nullable String willTopic,
            @Nullable String authenticationMethod) {

        static Connect of(int level, String clientId, @Nullable String password) {
            return new Connect(level, clientId, level == 5 || password == null ? null : "", password, null, null);
        }

        Connect user(String name) {
            return new Connect(level, clientId, name, password, willTopic, authenticationMethod);
        }

        Connect will(String topic) {
            return new Connect(level, clientId, user, password, topic, authenticationMethod);
        }

        Connect method(String name) {
            return new Connect(level, clientId, user, password, willTopic, name);
        }
    }

    /** A packet of the broker: its type, its code, its reason string ("" if none). Type -1: the connection was closed. */
    record Answer(int type, int code, String reason) {}

    static Answer connect(int port, Connect connect) throws IOException {
        try (RawClient client = new RawClient(port)) {
            return client.send(connect);
        }
    }

    Answer send(Connect connect) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        text(out, connect.level() == 3 ? "MQIsdp" : "MQTT");
        out.writeByte(connect.level());
        out.writeByte(2
                | (connect.willTopic() == null ? 0 : 4)
                | (connect.password() == null ? 0 : 0x40)
                | (connect.user() == null ? 0 : 0x80));
        out.writeShort(60);
        if (connect.level() == 5) {
            ByteArrayOutputStream properties = new ByteArrayOutputStream();
            if (connect.authenticationMethod() != null) {
                properties.write(0x15);
                text(new DataOutputStream(properties), connect.authenticationMethod());
            }
            out.writeByte(properties.size());
            out.write(properties.toByteArray());
        }
        text(out, connect.clientId());
        if (connect.willTopic() != null) {
            if (connect.level() == 5) {
                out.writeByte(0);
            }
            text(out, connect.willTopic());
            text(out, "gone");
        }
        if (connect.user() != null) {
            text(out, connect.user());
        }
        if (connect.password() != null) {
            text(out, connect.password());
        }
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(0x10);
        length(packet, body.size());
        packet.write(body.toByteArray());
        socket.getOutputStream().write(packet.toByteArray());
        return read(connect.level() == 5);
    }

    Answer read(boolean five) throws IOException {
        int type = in.read() >> 4;
        if (type < 0) {
            return new Answer(-1, -1, "");
        }
        byte[] body = in.readNBytes(length());
        // CONNACK has flags before its code, DISCONNECT begins with it.
        int at = type == 2 ? 1 : 0;
        String reason = five && body.length > at + 2 ? reason(body, at + 2) : "";
        return new Answer(type, body.length > at ? body[at] & 0xFF : 0, reason);
    }

    /** Looks among the properties that a refusal can have; all of them are text. */
    private static String reason(byte[] body, int properties) {
        int at = properties;
        while (at + 3 <= body.length) {
            int length = (body[at + 1] & 0xFF) << 8 | body[at + 2] & 0xFF;
            if (body[at] == REASON_STRING) {
                return new String(body, at + 3, length, StandardCharsets.UTF_8);
            }
            at += 3 + length;
        }
        return "";
    }

    private int length() throws IOException {
        int length = 0;
        int digit;
        int shift = 0;
        do {
            digit = in.readUnsignedByte();
            length |= (digit & 0x7F) << shift;
            shift += 7;
        } while (digit >= 0x80);
        return length;
    }

    private static void length(ByteArrayOutputStream out, int length) {
        int rest = length;
        do {
            out.write(rest > 0x7F ? rest & 0x7F | 0x80 : rest);
            rest >>>= 7;
        } while (rest > 0);
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
