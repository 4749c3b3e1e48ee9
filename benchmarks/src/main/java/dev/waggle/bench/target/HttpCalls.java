package dev.waggle.bench.target;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** {@code POST /v1/call/{method}} of a broker on this machine, as one user. */
public final class HttpCalls {
    private final HttpClient client;
    private final int port;
    private final String token;

    public HttpCalls(int port, String token) {
        this(HttpClient.newHttpClient(), port, token);
    }

    private HttpCalls(HttpClient client, int port, String token) {
        this.client = client;
        this.port = port;
        this.token = token;
    }

    /** As another user, over the same connections: a client of its own for each of thousands is a thread for each. */
    public HttpCalls as(String otherToken) {
        return new HttpCalls(client, port, otherToken);
    }

    /**
     * @return the body of the answer
     * @throws IllegalStateException with the answer, if the status is not 200
     */
    public String call(String method, String json) {
        return post("call/" + method, json);
    }

    /** {@code POST /v1/messages}. */
    public String messages(String json) {
        return post("messages", json);
    }

    private String post(String path, String json) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/" + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        HttpResponse<String> response = send(request);
        if (response.statusCode() != 200) {
            throw new IllegalStateException(path + ": " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    /** @return the status of a GET, for example of {@code /readyz} */
    public static int status(int port, String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return new HttpCalls(port, "").send(request).statusCode();
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
