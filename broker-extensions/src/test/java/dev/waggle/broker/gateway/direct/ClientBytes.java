package dev.waggle.broker.gateway.direct;

import dev.waggle.broker.gateway.InboundPublish;
import dev.waggle.spec.message.Filter;
import dev.waggle.spec.message.MessageProperties.UserProperty;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The packets of a client as bytes, for both versions of MQTT. */
public final class ClientBytes {
    private final boolean mqtt5;

    public ClientBytes(boolean mqtt5) {
        this.mqtt5 = mqtt5;
    }

    /** What a CONNECT may ask for. */
    public record Ask(
            String clientId,
            boolean cleanStart,
            long sessionExpirySeconds,
            int receiveMaximum,
            int maximumPacketSize,
            boolean problemInformation,
            int keepAlive) {
        public static Ask of(String clientId) {
            return new Ask(clientId, true, 0, 65_535, 268_435_460, true, 60);
        }

        public Ask resuming(long expirySeconds) {
            return new Ask(
                    clientId, false, expirySeconds, receiveMaximum, maximumPacketSize, problemInformation, keepAlive);
        }

        public Ask withoutProblemInformation() {
            return new Ask(
                    clientId, cleanStart, sessionExpirySeconds, receiveMaximum, maximumPacketSize, false, keepAlive);
        }
    }

    public byte[] connect(Ask ask) {
        return connect(ask, "secret");
    }

    public byte[] connect(Ask ask, String password) {
        Body body = new Body();
        body.text("MQTT").write(mqtt5 ? 5 : 4);
        body.write(0xC0 | (ask.cleanStart() ? 2 : 0));
        body.number(ask.keepAlive());
        if (mqtt5) {
            Body properties = new Body();
            properties.write(0x11);
            properties.number(ask.sessionExpirySeconds() >> 16).number(ask.sessionExpirySeconds() & 0xFFFF);
            properties.write(0x21);
            properties.number(ask.receiveMaximum());
            properties.write(0x27);
            properties.number(ask.maximumPacketSize() >> 16).number(ask.maximumPacketSize() & 0xFFFF);
            properties.write(0x17);
            properties.write(ask.problemInformation() ? 1 : 0);
            body.sized(properties);
        }
        body.text(ask.clientId()).text(user(ask.clientId())).text(password);
        return packet(0x10, body);
    }

    private static String user(String clientId) {
        return clientId.contains(".") ? clientId.substring(0, clientId.indexOf('.')) : clientId;
    }

    public byte[] publish(InboundPublish publish) {
        Body body = new Body();
        body.text(publish.topic());
        if (publish.qos() > 0) {
            body.number(publish.packetId());
        }
        if (mqtt5) {
            Body properties = new Body();
            if (publish.properties().utf8()) {
                properties.write(0x01);
                properties.write(1);
            }
            if (publish.properties().expirySeconds() > 0) {
                properties.write(0x02);
                properties.number(publish.properties().expirySeconds() >> 16);
                properties.number(publish.properties().expirySeconds() & 0xFFFF);
            }
            if (publish.properties().contentType() != null) {
                properties.write(0x03);
                properties.text(publish.properties().contentType());
            }
            if (publish.responseTopic() != null) {
                properties.write(0x08);
                properties.text(publish.responseTopic());
            }
            if (publish.correlation() != null) {
                properties.write(0x09);
                properties.number(publish.correlation().size());
                properties.writeBytes(publish.correlation().shared());
            }
            for (UserProperty user : publish.properties().user()) {
                properties.write(0x26);
                properties.text(user.name()).text(user.value());
            }
            body.sized(properties);
        }
        body.writeBytes(publish.payload().shared());
        return packet(0x30 | (publish.dup() ? 8 : 0) | publish.qos() << 1 | (publish.retain() ? 1 : 0), body);
    }

    public byte[] puback(int packetId) {
        return packet(0x40, new Body().number(packetId));
    }

    public byte[] pubrel(int packetId) {
        return packet(0x62, new Body().number(packetId));
    }

    public byte[] subscribe(int packetId, List<Filter> filters) {
        Body body = new Body().number(packetId);
        if (mqtt5) {
            Body properties = new Body();
            Integer id = filters.get(0).subscriptionId();
            if (id != null) {
                properties.write(0x0B);
                properties.varInt(id);
            }
            body.sized(properties);
        }
        for (Filter filter : filters) {
            body.text(filter.topic());
            body.write(filter.qos()
                    | (filter.noLocal() ? 4 : 0)
                    | (filter.retainAsPublished() ? 8 : 0)
                    | filter.retainHandling() << 4);
        }
        return packet(0x82, body);
    }

    public byte[] unsubscribe(int packetId, List<String> topics) {
        Body body = new Body().number(packetId);
        if (mqtt5) {
            body.write(0);
        }
        topics.forEach(body::text);
        return packet(0xA2, body);
    }

    public byte[] disconnect(Long sessionExpirySeconds) {
        Body body = new Body();
        if (sessionExpirySeconds != null && mqtt5) {
            body.writeBytes(new byte[] {0, 5, 0x11});
            body.number(sessionExpirySeconds >> 16).number(sessionExpirySeconds & 0xFFFF);
        }
        return packet(0xE0, body);
    }

    public static byte[] packet(int header, Body body) {
        Body packet = new Body();
        packet.write(header);
        packet.sized(body);
        return packet.toByteArray();
    }

    /** Bytes in the making. */
    public static final class Body extends ByteArrayOutputStream {
        public Body text(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            number(bytes.length);
            writeBytes(bytes);
            return this;
        }

        /** Two bytes. */
        public Body number(long value) {
            write((int) value >> 8);
            write((int) value);
            return this;
        }

        public Body varInt(int value) {
            int rest = value;
            while (rest >= 0x80) {
                write(rest & 0x7F | 0x80);
                rest >>>= 7;
            }
            write(rest);
            return this;
        }

        public Body sized(Body inner) {
            varInt(inner.size());
            writeBytes(inner.toByteArray());
            return this;
        }
    }
}
