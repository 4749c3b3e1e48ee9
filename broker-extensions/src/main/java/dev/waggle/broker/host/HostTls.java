package dev.waggle.broker.host;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The host's listeners with TLS 1.2 and 1.3. The stores are read again some seconds after they changed; connections that
 * live keep what they have.
 *
 * @param bind address to listen on
 * @param mqtt port for MQTT over TLS, 0 = any free one, or null for none
 * @param webSocket port for MQTT over WebSocket over TLS at {@code /mqtt}, 0 = any free one, or null for none
 * @param keys key store with the server's certificate
 * @param authorities store of those whose client certificates are taken, or null: none are asked for
 * @param password of both stores
 * @param clientCertificateRequired true: who has none is not let in
 */
public record HostTls(
        String bind,
        @Nullable Integer mqtt,
        @Nullable Integer webSocket,
        Path keys,
        @Nullable Path authorities,
        String password,
        boolean clientCertificateRequired) {

    /** Without the password. */
    @Override
    public String toString() {
        return "HostTls[" + bind + ", mqtt " + mqtt + ", webSocket " + webSocket + "]";
    }
}
