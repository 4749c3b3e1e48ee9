package dev.waggle.push.endpoint;

import dev.waggle.push.http.HttpCall;
import dev.waggle.push.http.HttpReply;
import dev.waggle.push.http.RetryAfter;
import dev.waggle.spec.Bytes;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One POST over a connection of its own. The name is looked up once, every address that comes is checked, and the
 * connection goes to one of these very addresses: there is no second look-up whose answer could be another one. {@link
 * #run} on one thread that may block, {@link #hangUp} on any.
 */
final class Attempt {
    static final HttpReply LATE = new HttpReply.Silence("no answer in time", true);

    /** Of the addresses of a name; two, for one may be of a version of IP that does not work here. */
    private static final int MOST_ADDRESSES = 2;

    /** What an attempt needs, the same for all. */
    record Means(Reach reach, Names names, SSLSocketFactory tls, InstantSource clock, Duration limit) {}

    private final Means means;
    private final Endpoint endpoint;
    private final HttpCall call;
    private @Nullable Socket connection;
    private boolean hungUp;

    Attempt(Means means, Endpoint endpoint, HttpCall call) {
        this.means = means;
        this.endpoint = endpoint;
        this.call = call;
    }

    /** Blocks, until the answer or {@link #hangUp}. */
    HttpReply run() {
        try {
            List<InetAddress> addresses = addresses();
            for (InetAddress address : addresses) {
                if (!means.reach().includes(endpoint.host(), address)) {
                    return new HttpReply.Refused("the endpoint leads into a network that is not public");
                }
            }
            return exchange(connect(addresses));
        } catch (SocketTimeoutException e) {
            return LATE;
        } catch (IOException e) {
            // The kind of failure only: its text may name addresses of this network.
            return new HttpReply.Silence(e.getClass().getSimpleName(), false);
        }
    }

    private List<InetAddress> addresses() throws UnknownHostException {
        InetAddress literal = endpoint.address();
        return literal != null ? List.of(literal) : means.names().find(endpoint.host());
    }

    private Socket connect(List<InetAddress> addresses) throws IOException {
        IOException failure = new UnknownHostException();
        int tries = Math.min(addresses.size(), MOST_ADDRESSES);
        for (InetAddress address : addresses.subList(0, tries)) {
            // Nothing between us and the address: a proxy would look the name up for itself.
            Socket socket = new Socket(Proxy.NO_PROXY);
            try {
                hold(socket);
                socket.setSoTimeout(Math.toIntExact(means.limit().toMillis()));
                socket.setTcpNoDelay(true);
                socket.connect(
                        new InetSocketAddress(address, endpoint.port()),
                        Math.toIntExact(means.limit().dividedBy(tries + 1).toMillis()));
                return socket;
            } catch (IOException e) {
                socket.close();
                failure = e;
            }
        }
        throw failure;
    }

    private HttpReply exchange(Socket socket) throws IOException {
        // Closes the connection itself, without a farewell that could block.
        try (socket) {
            SSLSocket tls = (SSLSocket) means.tls().createSocket(socket, endpoint.host(), endpoint.port(), false);
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setApplicationProtocols(new String[] {"http/1.1"});
            if (endpoint.address() == null) {
                parameters.setServerNames(List.of(new SNIHostName(endpoint.host())));
            }
            tls.setSSLParameters(parameters);
            tls.startHandshake();

            OutputStream out = tls.getOutputStream();
            out.write(request());
            out.flush();
            ResponseHead head = ResponseHead.read(new BufferedInputStream(tls.getInputStream()));
            return new HttpReply.Answer(
                    head.status(),
                    RetryAfter.of(head.retryAfter(), means.clock().instant()),
                    Bytes.EMPTY);
        }
    }

    /** Head and body in one piece. */
    private byte[] request() throws IOException {
        StringBuilder head = new StringBuilder(512)
                .append("POST ")
                .append(endpoint.target())
                .append(" HTTP/1.1\r\nHost: ")
                .append(endpoint.origin().substring("https://".length()))
                .append("\r\nConnection: close\r\nContent-Length: ")
                .append(call.body().size())
                .append("\r\n");
        call.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        byte[] body = call.body().shared();
        byte[] all = new byte[start.length + body.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return all;
    }

    private synchronized void hold(Socket socket) throws IOException {
        connection = socket;
        if (hungUp) {
            throw new IOException("given up");
        }
    }

    /** Ends the connection, now and in future; what waits for it fails. */
    synchronized void hangUp() {
        hungUp = true;
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (IOException e) {
            // Broken already, which is as good.
            return;
        }
    }
}
