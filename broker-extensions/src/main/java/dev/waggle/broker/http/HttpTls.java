package dev.waggle.broker.http;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The public door with TLS, beside the plain one.
 *
 * @param bind address to listen on
 * @param port 0 = any free one
 * @param keys PKCS #12 store with the server's certificate
 * @param authorities store of those whose client certificates are taken, or null: none are asked for
 * @param password of both stores
 */
public record HttpTls(
        String bind, int port, Path keys, @Nullable Path authorities, String password) {

    /** Without the password. */
    @Override
    public String toString() {
        return "HttpTls[" + bind + ":" + port + "]";
    }
}
