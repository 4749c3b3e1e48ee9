package dev.waggle.broker.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waggle.spec.message.Actor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One user at the public HTTP door, and anybody at the operators' one. */
final class HttpCaller {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Reachable broker;
    private final String token;

    /** @param token null for nobody */
    HttpCaller(Reachable broker, String token) {
        this.broker = broker;
        this.token = token;
    }

    /** With the role of an administrator. */
    static HttpCaller operator(Reachable broker) {
        return new HttpCaller(broker, broker.token("root", "desk", Actor.Role.ADMIN, Duration.ofMinutes(10)));
    }

    static HttpCaller of(Reachable broker, String user) {
        return new HttpCaller(broker, broker.token(user, "http"));
    }

    /** @param body JSON, if the content type says so */
    record Answer(int status, String contentType, String body) {

        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(body);
        }

        /** The code of the error, or empty. */
        String error() throws IOException {
            return json().path("error").path("code").asText();
        }
    }

    Answer call(String method, String json) throws IOException, InterruptedException {
        return call(method, json, null);
    }

    /** @param key for {@code Idempotency-Key}, or null */
    Answer call(String method, String json, String key) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(broker.http() + "/v1/call/" + method)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json));
        authorized(request);
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return answer(request);
    }

    /** {@code POST /v1/messages}. */
    Answer messages(String json) throws IOException, InterruptedException {
        return answer(authorized(request(broker.http() + "/v1/messages"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    /** At the operators' door. */
    Answer admin(String path) throws IOException, InterruptedException {
        return answer(authorized(request(broker.admin() + path)));
    }

    /** At the operators' door. */
    Answer adminPost(String path, String json) throws IOException, InterruptedException {
        return answer(authorized(request(broker.admin() + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    private HttpRequest.Builder authorized(HttpRequest.Builder request) {
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    /** A message or an event in the log. */
    record Line(long seq, String from, String kind, String body) {}

    /** The whole log of a conversation. */
    List<Line> history(String conversation) throws IOException, InterruptedException {
        List<Line> lines = new ArrayList<>();
        long after = 0;
        JsonNode page;
        do {
            Answer answer =
                    call("history", "{\"conv\":\"%s\",\"after\":%d,\"limit\":200}".formatted(conversation, after));
            if (answer.status() != 200) {
                throw new AssertionError("history: " + answer);
            }
            page = answer.json();
            for (JsonNode line : page.path("messages")) {
                lines.add(new Line(
                        line.path("seq").asLong(),
                        line.path("from").asText(),
                        line.path("kind").asText(),
                        line.path("body").asText()));
            }
            after = page.path("next").asLong();
        } while (page.hasNonNull("next"));
        return lines;
    }

    private static HttpRequest.Builder request(String uri) {
        return HttpRequest.newBuilder(URI.create(uri)).timeout(Duration.ofSeconds(20));
    }

    private Answer answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                response.body());
    }
}
