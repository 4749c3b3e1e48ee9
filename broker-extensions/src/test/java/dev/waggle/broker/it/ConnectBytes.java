package dev.waggle.broker.it;

import dev.waggle.broker.gateway.direct.ClientBytes;
import dev.waggle.broker.gateway.direct.ClientBytes.Body;

/**
 * A CONNECT in the making, also one that no library would send. MQTT 5 unless told otherwise.
 *
 * @param level 4 for MQTT 3.1.1, 5
 * @param flags more than what follows from the rest
 * @param userName null for none
 * @param password null for none
 * @param willTopic null for none
 */
record ConnectBytes(
        String protocol,
        int level,
        int flags,
        String clientId,
        String userName,
        String password,
        String willTopic,
        byte[] properties,
        byte[] willProperties) {
    static final int CLEAN = 2;
    private static final byte[] NOTHING = {};

    /** A durable device with a token as the password. */
    static ConnectBytes of(String clientId, String token) {
        return new ConnectBytes("MQTT", 5, 0, clientId, null, token, null, NOTHING, NOTHING);
    }

    /** With a user name, as 3.1.1 wants one with a password. */
    ConnectBytes mqtt311() {
        return new ConnectBytes(protocol, 4, flags, clientId, "", password, willTopic, properties, willProperties);
    }

    ConnectBytes protocol(String name, int number) {
        return new ConnectBytes(
                name, number, flags, clientId, userName, password, willTopic, properties, willProperties);
    }

    ConnectBytes flags(int more) {
        return new ConnectBytes(
                protocol, level, more, clientId, userName, password, willTopic, properties, willProperties);
    }

    ConnectBytes userName(String name) {
        return new ConnectBytes(
                protocol, level, flags, clientId, name, password, willTopic, properties, willProperties);
    }

    ConnectBytes will(String topic) {
        return new ConnectBytes(
                protocol, level, flags, clientId, userName, password, topic, properties, willProperties);
    }

    ConnectBytes properties(byte[] bytes) {
        return new ConnectBytes(protocol, level, flags, clientId, userName, password, willTopic, bytes, willProperties);
    }

    ConnectBytes willProperties(byte[] bytes) {
        return new ConnectBytes(protocol, level, flags, clientId, userName, password, willTopic, properties, bytes);
    }

    /** The token by enhanced authentication instead of as the password. */
    ConnectBytes method(String name) {
        Body more = new Body();
        more.write(0x15);
        more.text(name);
        more.write(0x16);
        more.text(password);
        return new ConnectBytes(
                protocol, level, flags, clientId, userName, null, willTopic, more.toByteArray(), willProperties);
    }

    byte[] bytes() {
        Body body = new Body().text(protocol);
        body.write(level);
        body.write(flags | (userName == null ? 0 : 0x80) | (password == null ? 0 : 0x40) | (willTopic == null ? 0 : 4));
        body.number(60);
        if (level == 5) {
            body.sized(of(properties));
        }
        body.text(clientId);
        if (willTopic != null) {
            if (level == 5) {
                body.sized(of(willProperties));
            }
            body.text(willTopic).text("gone");
        }
        if (userName != null) {
            body.text(userName);
        }
        if (password != null) {
            body.text(password);
        }
        return ClientBytes.packet(0x10, body);
    }

    private static Body of(byte[] bytes) {
        Body body = new Body();
        body.writeBytes(bytes);
        return body;
    }
}
