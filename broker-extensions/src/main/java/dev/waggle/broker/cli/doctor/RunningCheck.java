package dev.waggle.broker.cli.doctor;

import dev.waggle.broker.Endpoints.Endpoint;
import dev.waggle.broker.cli.local.EndpointsFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The broker that runs on the data directory: what does it say of itself? */
final class RunningCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int OK = 200;

    private RunningCheck() {}

    static Finding ready(Path data) throws InterruptedException {
        try {
            Optional<Endpoint> admin = EndpointsFile.find(data, "admin");
            if (admin.isEmpty()) {
                return Finding.warn("broker", "one has the data directory, but is not ready yet");
            }
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + admin.get() + "/readyz"))
                    .timeout(PATIENCE)
                    .build();
            HttpResponse<String> answer = HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .build()
                    .send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == OK
                    ? Finding.ok("broker", "one runs on the data directory and is ready, admin at " + admin.get())
                    : Finding.wrong("broker", "one runs on the data directory and says: " + answer.body());
        } catch (IOException silent) {
            return Finding.wrong("broker", "one has the data directory, but does not answer: " + silent.getMessage());
        }
    }
}
