package dev.waggle.broker.http;

import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public and the admin HTTP door: two listeners of one server, three with TLS. Routes answer without blocking, so a handful of
 * threads is enough for any number of waiting requests.
 */
public final class HttpDoors implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpDoors.class);
    /** Header bytes of one request: a token of 2,000 bytes and room for what proxies add. */
    private static final int HEADER_BYTES = 8 * 1024;
    /** Of both doors together: two acceptors, two selectors, the rest for requests, none of which blocks. */
    private static final int THREADS = 8;

    private static final Duration IDLE = Duration.ofSeconds(30);
    /** Connections waiting for accept. */
    private static final int BACKLOG = 128;

    private final Server server;
    private final ServerConnector publicDoor;
    private final ServerConnector adminDoor;
    private final SslContextFactory.@Nullable Server keys;
    private final @Nullable ServerConnector tlsDoor;

    /**
     * @param bind address of the public door
     * @param tls the public door once more, with TLS; or null
     * @param adminBind address of the admin door
     * @param bodyBytes largest request body
     */
    public HttpDoors(
            String bind,
            int port,
            @Nullable HttpTls tls,
            Route publicRoute,
            String adminBind,
            int adminPort,
            Route adminRoute,
            int bodyBytes) {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2);
        threads.setName("http");
        threads.setReservedThreads(0);
        server = new Server(threads);
        server.setStopTimeout(2_000);
        publicDoor = door(bind, port);
        adminDoor = door(adminBind, adminPort);
        server.addConnector(publicDoor);
        server.addConnector(adminDoor);
        keys = tls == null ? null : keys(tls);
        tlsDoor = tls == null || keys == null ? null : tlsDoor(tls, keys);
        if (tlsDoor != null) {
            server.addConnector(tlsDoor);
        }
        server.setHandler(new RouteHandler(adminDoor, publicRoute, adminRoute, bodyBytes));
        server.setErrorHandler((request, response, callback) -> {
            response.getHeaders().remove(HttpHeader.CONTENT_TYPE);
            response.write(true, null, callback);
            return true;
        });
    }

    private ServerConnector door(String bind, int port) {
        HttpConfiguration http = configuration();
        return listening(new ServerConnector(server, 1, 1, new HttpConnectionFactory(http)), bind, port);
    }

    private static ServerConnector listening(ServerConnector connector, String bind, int port) {
        connector.setHost(bind);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE.toMillis());
        connector.setAcceptQueueSize(BACKLOG);
        return connector;
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        return http;
    }

    private ServerConnector tlsDoor(HttpTls tls, SslContextFactory.Server keys) {
        HttpConfiguration http = configuration();
        return listening(
                new ServerConnector(
                        server,
                        1,
                        1,
                        new SslConnectionFactory(keys, HttpVersion.HTTP_1_1.asString()),
                        new HttpConnectionFactory(http)),
                tls.bind(),
                tls.port());
    }

    private static SslContextFactory.Server keys(HttpTls tls) {
        SslContextFactory.Server keys = new SslContextFactory.Server();
        keys.setKeyStorePath(tls.keys().toUri().toString());
        keys.setKeyStorePassword(tls.password());
        if (tls.authorities() != null) {
            // Asked for, not demanded: only a token that is bound to a certificate needs it.
            keys.setTrustStorePath(tls.authorities().toUri().toString());
            keys.setTrustStorePassword(tls.password());
            keys.setWantClientAuth(true);
        }
        keys.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        keys.setSniRequired(false);
        return keys;
    }

    /** Takes the key store as it is now for connections that come from now on. */
    public void renewCertificate() {
        SslContextFactory.Server current = keys;
        if (current == null) {
            return;
        }
        try {
            current.reload(same -> {});
        } catch (Exception e) {
            LOG.warn("HTTP goes on with the certificate it has: {}", e.toString());
        }
    }

    /**
     * Listens on all doors.
     *
     * @throws BindException if a port is taken; the message names it
     */
    public void start() throws IOException {
        try {
            publicDoor.open();
            adminDoor.open();
            if (tlsDoor != null) {
                tlsDoor.open();
            }
            server.start();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the HTTP server did not start: " + e.getMessage(), e);
        }
    }

    public int publicPort() {
        return publicDoor.getLocalPort();
    }

    /** 0 if there is no TLS. */
    public int tlsPort() {
        return tlsDoor == null ? 0 : tlsDoor.getLocalPort();
    }

    public int adminPort() {
        return adminDoor.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("the HTTP server did not stop in time; its connections are cut", e);
        }
    }
}
