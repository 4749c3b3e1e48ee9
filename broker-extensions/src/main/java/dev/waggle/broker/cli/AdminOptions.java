package dev.waggle.broker.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waggle.auth.jwt.LocalIssuer;
import dev.waggle.auth.jwt.TokenRequest;
import dev.waggle.broker.cli.local.CommandFailed;
import dev.waggle.broker.cli.local.EndpointsFile;
import dev.waggle.broker.cli.local.Surroundings;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that talks to the admin door, and that talk: with an admin token from the data directory. */
final class AdminOptions {
    /** Whom the token is for; an operator needs no account. */
    private static final UserId OPERATOR = new UserId("operator");

    private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern HOST_AND_PORT = Pattern.compile("[A-Za-z0-9.\\[\\]:_-]+:[0-9]{1,5}");

    @Option(
            names = "--admin",
            paramLabel = "HOST:PORT",
            description = "The admin port (default: of the local broker of --data).")
    private @Nullable String admin;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data directory with the key for the admin token (default: as for waggle start).")
    private @Nullable Path data;

    /**
     * One request.
     *
     * @param body JSON, or null for none: then it is a GET
     * @return the JSON of the answer
     * @throws CommandFailed with the server's own words if it refuses
     */
    JsonNode ask(Surroundings surroundings, String path, @Nullable JsonNode body)
            throws CommandFailed, InterruptedException {
        Path directory = surroundings.dataDirectory(data);
        String door = door(directory);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + door + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token(surroundings, directory));
        if (body != null) {
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body.toString()));
        }
        try {
            HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            return read(answer.statusCode(), answer.body());
        } catch (IOException unreachable) {
            throw new CommandFailed(
                    CommandFailed.FAILED,
                    "no broker answers on the admin port " + door + ": " + unreachable,
                    unreachable);
        }
    }

    private static JsonNode read(int status, String body) throws CommandFailed {
        JsonNode json;
        try {
            json = new ObjectMapper().readTree(body);
        } catch (JsonProcessingException noJson) {
            throw new CommandFailed(CommandFailed.FAILED, "what answers there is no broker", noJson);
        }
        if (status < 200 || status > 299) {
            throw new CommandFailed(json.path("error").path("message").asText("refused with status " + status));
        }
        return json;
    }

    private String door(Path directory) throws CommandFailed {
        if (admin != null) {
            if (!HOST_AND_PORT.matcher(admin).matches()) {
                throw new CommandFailed(CommandFailed.USAGE, "--admin is HOST:PORT");
            }
            return admin;
        }
        try {
            return EndpointsFile.find(directory, "admin")
                    .orElseThrow(() -> new CommandFailed("no broker runs on the data directory " + directory
                            + "; start one with waggle start, or name one with --admin or --data"))
                    .toString();
        } catch (IOException unreadable) {
            throw new CommandFailed(CommandFailed.FAILED, directory + ": " + unreadable, unreadable);
        }
    }

    private static String token(Surroundings surroundings, Path directory) throws CommandFailed {
        SecureRandom random = new SecureRandom();
        LocalIssuer issuer = new LocalIssuer(
                LocalIssuers.keys(directory, random), LocalIssuer.DEFAULT_NAME, surroundings.clock(), random);
        return issuer.token(TokenRequest.of(OPERATOR, null, Actor.Role.ADMIN, TOKEN_LIFETIME));
    }
}
