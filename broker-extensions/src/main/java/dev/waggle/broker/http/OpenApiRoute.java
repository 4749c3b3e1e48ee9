package dev.waggle.broker.http;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.message.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** {@code GET /openapi.json}: the public door described for programs (OpenAPI 3.1), whatever of it is switched off here. */
public final class OpenApiRoute implements Route {
    /** Where it answers. */
    public static final String PATH = "/openapi.json";

    private final Bytes document;

    public OpenApiRoute() {
        try (InputStream resource = OpenApiRoute.class.getResourceAsStream("openapi.json")) {
            if (resource == null) {
                throw new IllegalStateException("the program was packed without openapi.json");
            }
            document = Bytes.wrap(resource.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void handle(HttpRequest request, Consumer<HttpAnswer> answer) {
        if (!request.path().equals(PATH)) {
            answer.accept(HttpAnswer.refused(Refusal.NOT_FOUND, "here is " + PATH));
        } else if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            answer.accept(HttpAnswer.methodNotAllowed("GET"));
        } else {
            answer.accept(HttpAnswer.json(200, document));
        }
    }
}
