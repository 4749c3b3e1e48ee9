package dev.waggle.broker.http;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.message.Refusal;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The admin door: {@code /livez} (the process answers), {@code /readyz} (it takes messages), {@code /metrics}
 * (Prometheus text). These three need no token.
 */
public final class AdminRoute implements Route {
    private final Supplier<List<Problem>> problems;
    private final Supplier<String> metrics;

    /**
     * Why the broker is not ready.
     *
     * @param check one word, such as {@code store}
     */
    public record Problem(String check, String message) {}

    /**
     * @param problems what is wrong now; empty means ready
     * @param metrics the exposition in text format 0.0.4
     */
    public AdminRoute(Supplier<List<Problem>> problems, Supplier<String> metrics) {
        this.problems = problems;
        this.metrics = metrics;
    }

    @Override
    public void handle(HttpRequest request, Consumer<HttpAnswer> answer) {
        answer.accept(answerTo(request));
    }

    private HttpAnswer answerTo(HttpRequest request) {
        boolean known = request.path().equals("/livez")
                || request.path().equals("/readyz")
                || request.path().equals("/metrics");
        if (!known) {
            return HttpAnswer.refused(Refusal.NOT_FOUND, "this door has /livez, /readyz and /metrics");
        }
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return HttpAnswer.methodNotAllowed("GET");
        }
        return switch (request.path()) {
            case "/livez" -> HttpAnswer.json(200, Bytes.utf8("{\"status\":\"alive\"}"));
            case "/readyz" -> ready(problems.get());
            default ->
                new HttpAnswer(200, "text/plain; version=0.0.4; charset=utf-8", Bytes.utf8(metrics.get()), Map.of());
        };
    }

    private static HttpAnswer ready(List<Problem> problems) {
        if (problems.isEmpty()) {
            return HttpAnswer.json(200, Bytes.utf8("{\"status\":\"ready\"}"));
        }
        return HttpAnswer.json(503, ErrorBody.notReady(problems));
    }
}
