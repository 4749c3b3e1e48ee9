package dev.waggle.broker.http;

import java.util.function.Consumer;

/** Answers requests of one HTTP door; must not block. */
public interface Route {
    /**
     * @param answer to be given exactly once, on any thread
     */
    void handle(HttpRequest request, Consumer<HttpAnswer> answer);
}
