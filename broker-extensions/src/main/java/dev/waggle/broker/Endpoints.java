package dev.waggle.broker;

/**
 * The addresses of a running broker.
 *
 * @param mqtt MQTT over TCP
 * @param ws MQTT over WebSocket
 * @param http public HTTP
 * @param admin operators' HTTP
 */
public record Endpoints(Endpoint mqtt, Endpoint ws, Endpoint http, Endpoint admin) {

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
