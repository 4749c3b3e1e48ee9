package dev.waggle.broker.http;

import java.nio.file.Path;

/**
 * The public door with TLS, beside the plain one.
 *
 * @param bind address to listen on
 * @param port 0 = any free one
 * @param keys PKCS #12 store with the server's certificate
 * @param password of the store
 */
public record HttpTls(String bind, int port, Path keys, String password) {

    /** Without the password. */
    @Override
    public String toString() {
        return "HttpTls[" + bind + ":" + port + "]";
    }
}
