package dev.waggle.broker;

import org.jspecify.annotations.Nullable;

/**
 * The addresses of a running broker.
 *
 * @param mqtt MQTT over TCP
 * @param ws MQTT over WebSocket
 * @param http public HTTP
 * @param admin operators' HTTP
 * @param secure those with TLS, or null if it is not configured
 */
public record Endpoints(
        Endpoint mqtt,
        Endpoint ws,
        Endpoint http,
        Endpoint admin,
        @Nullable Secure secure) {

    public Endpoints(Endpoint mqtt, Endpoint ws, Endpoint http, Endpoint admin) {
        this(mqtt, ws, http, admin, null);
    }

    /** {@code mqtt=HOST:PORT ws=… http=… admin=…}, then {@code mqtts=… wss=… https=…} if there is TLS. */
    public String line() {
        String plain = "mqtt=" + mqtt + " ws=" + ws + " http=" + http + " admin=" + admin;
        return secure == null
                ? plain
                : plain + " mqtts=" + secure.mqtt() + " wss=" + secure.ws() + " https=" + secure.http();
    }

    /** The same doors with TLS. */
    public record Secure(Endpoint mqtt, Endpoint ws, Endpoint http) {}

    /**
     * @param host as it was bound; {@code 0.0.0.0} and {@code ::} mean every address of the machine
     * @param port the real one
     */
    public record Endpoint(String host, int port) {

        /** {@code HOST:PORT}, an IPv6 address in brackets. */
        @Override
        public String toString() {
            return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        }
    }
}
