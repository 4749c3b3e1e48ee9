package dev.waggle.broker.http;

import dev.waggle.auth.CertificateDigest;
import dev.waggle.auth.limit.Network;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.message.Refusal;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a request of the server into one of ours: reads the whole body within its limit, then asks the door's route. */
final class RouteHandler extends Handler.Abstract.NonBlocking {
    private static final Logger LOG = LoggerFactory.getLogger(RouteHandler.class);

    private final Connector adminDoor;
    private final Route publicRoute;
    private final Route adminRoute;
    private final int bodyBytes;

    RouteHandler(Connector adminDoor, Route publicRoute, Route adminRoute, int bodyBytes) {
        this.adminDoor = adminDoor;
        this.publicRoute = publicRoute;
        this.adminRoute = adminRoute;
        this.bodyBytes = bodyBytes;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        boolean isAdmin = request.getConnectionMetaData().getConnector() == adminDoor;
        Route route = isAdmin ? adminRoute : publicRoute;
        Once once = new Once(response, callback);
        if (request.getLength() > bodyBytes) {
            once.accept(tooLarge());
            return true;
        }
        Content.Source.asByteArrayAsync(request, bodyBytes)
                .whenComplete((body, failure) -> {
                    if (failure == null) {
                        ask(route, request, body, once);
                    } else if (cause(failure) instanceof IllegalStateException) {
                        once.accept(tooLarge());
                    } else {
                        once.accept(HttpAnswer.refused(Refusal.BAD_REQUEST, "the request body could not be read"));
                    }
                })
                .exceptionally(bug -> {
                    once.failed(request, bug);
                    return null;
                });
        return true;
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private void ask(Route route, Request request, byte[] body, Once once) {
        Map<String, String> headers = new HashMap<>();
        for (HttpField field : request.getHeaders()) {
            headers.putIfAbsent(field.getName().toLowerCase(Locale.ROOT), field.getValue());
        }
        String path = Request.getPathInContext(request);
        Map<String, String> query = query(request);
        if (query == null) {
            once.accept(HttpAnswer.refused(Refusal.BAD_REQUEST, "the query of the address cannot be decoded"));
            return;
        }
        route.handle(
                new HttpRequest(
                        request.getMethod(),
                        path == null ? "/" : path,
                        query,
                        headers,
                        Bytes.wrap(body),
                        address(request.getConnectionMetaData().getRemoteSocketAddress()),
                        request.isSecure(),
                        certificate(request)),
                once::accept);
    }

    /** Null if it is no query. */
    private static @Nullable Map<String, String> query(Request request) {
        Map<String, String> query = new HashMap<>();
        try {
            for (Fields.Field field : Request.extractQueryParameters(request)) {
                query.put(field.getName(), field.getValue());
            }
        } catch (RuntimeException malformed) {
            return null; // whatever hostile bytes do to the library, they are the sender's fault
        }
        return query;
    }

    private static String address(SocketAddress remote) {
        if (!(remote instanceof InetSocketAddress inet) || inet.getAddress() == null) {
            return Network.UNKNOWN.text();
        }
        return Network.of(inet.getAddress()).text();
    }

    private static @Nullable CertificateDigest certificate(Request request) {
        EndPoint.SslSessionData tls =
                request.getConnectionMetaData().getConnection().getEndPoint().getSslSessionData();
        X509Certificate[] chain = tls == null ? null : tls.peerCertificates();
        return chain == null || chain.length == 0 ? null : CertificateDigest.of(chain[0]);
    }

    private HttpAnswer tooLarge() {
        return HttpAnswer.refused(Refusal.TOO_LARGE, "a request body has at most " + bodyBytes + " bytes");
    }

    /** Writes the one answer; a second one is ignored, so a route that fails late cannot corrupt the connection. */
    private static final class Once {
        private final Response response;
        private final Callback callback;
        private final AtomicBoolean given = new AtomicBoolean();

        Once(Response response, Callback callback) {
            this.response = response;
            this.callback = callback;
        }

        /** Loud, and an answer all the same: a client must not wait for a bug. */
        void failed(Request request, Throwable bug) {
            LOG.error(
                    "a bug: {} {} ended without an answer",
                    request.getMethod(),
                    Request.getPathInContext(request),
                    bug);
            accept(HttpAnswer.refused(Refusal.FAILED, "the server failed; it has written down why"));
        }

        void accept(HttpAnswer answer) {
            if (!given.compareAndSet(false, true)) {
                return;
            }
            response.setStatus(answer.status());
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
            response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
            answer.headers().forEach(response.getHeaders()::put);
            response.write(true, ByteBuffer.wrap(answer.body().shared()), callback);
        }
    }
}
