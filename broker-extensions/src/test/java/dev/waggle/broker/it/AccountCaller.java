package dev.waggle.broker.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** An app, or an operator, that speaks about accounts over HTTP. */
final class AccountCaller {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Reachable broker;

    AccountCaller(Reachable broker) {
        this.broker = broker;
    }

    record Answer(int status, String retryAfter, String body) {
        String text(String field) {
            return json().path(field).asText();
        }

        JsonNode json() {
            try {
                return new ObjectMapper().readTree(body);
            } catch (IOException noJson) {
                throw new AssertionError(body, noJson);
            }
        }

        String error() {
            return json().path("error").path("code").asText();
        }

        String access() {
            return text("access_token");
        }

        String refresh() {
            return text("refresh_token");
        }
    }

    Answer register(String user, String password, String device) throws Exception {
        return auth("register", "{'user':'%s','password':'%s','device':'%s'}", user, password, device);
    }

    Answer logIn(String user, String password, String device) throws Exception {
        return auth("token", "{'user':'%s','password':'%s','device':'%s'}", user, password, device);
    }

    Answer refresh(String refreshToken) throws Exception {
        return auth("refresh", "{'refresh_token':'%s'}", refreshToken);
    }

    /** @param json with ' for " */
    Answer auth(String what, String json, Object... values) throws Exception {
        return post(broker.http() + "/auth/" + what, json.formatted(values).replace('\'', '"'), null);
    }

    Answer authAs(String token, String what, String json) throws Exception {
        return post(broker.http() + "/auth/" + what, json.replace('\'', '"'), token);
    }

    Answer admin(String token, String path, String json) throws Exception {
        return post(broker.admin() + "/admin/v1/users" + path, json.replace('\'', '"'), token);
    }

    Answer get(String uri, String token) throws Exception {
        return send(request(uri, token).GET());
    }

    private Answer post(String uri, String json, String token) throws Exception {
        return send(
                request(uri, token).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    private static HttpRequest.Builder request(String uri, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri)).timeout(Duration.ofSeconds(30));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private Answer send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Retry-After").orElse(""),
                response.body());
    }
}
