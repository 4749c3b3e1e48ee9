package dev.waggle.auth;

import org.jspecify.annotations.Nullable;

/**
 * What a CONNECT asks for, apart from the token, which is kept out so that it is never printed. All of it untrusted.
 *
 * @param version of the protocol
 * @param clientId empty if it named none
 * @param userName null if there is none
 * @param tokenGiven whether the password, or the authentication data if there is a method, held anything
 * @param authenticationMethod of MQTT 5 enhanced authentication, or null
 * @param will null if there is none
 * @param kept true: the session is to outlive the connection (MQTT 5: Session Expiry above 0, 3.1.1: clean session 0)
 */
public record ConnectRequest(
        Version version,
        String clientId,
        @Nullable String userName,
        boolean tokenGiven,
        @Nullable String authenticationMethod,
        @Nullable Will will,
        boolean kept) {

    /** Of a session that ends with its connection. */
    public ConnectRequest(
            Version version,
            String clientId,
            @Nullable String userName,
            boolean tokenGiven,
            @Nullable String authenticationMethod,
            @Nullable Will will) {
        this(version, clientId, userName, tokenGiven, authenticationMethod, will, false);
    }

    /** What is to be published when the connection is lost (MQTT 5 §3.1.2.5). */
    public record Will(String topic, int qos, boolean retain) {}

    /** Versions of MQTT that a CONNECT can name. */
    public enum Version {
        MQTT_3_1,
        MQTT_3_1_1,
        MQTT_5
    }
}
