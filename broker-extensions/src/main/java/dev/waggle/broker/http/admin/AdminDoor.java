package dev.waggle.broker.http.admin;

import dev.waggle.broker.http.BearerTokens;
import dev.waggle.broker.http.HttpAnswer;
import dev.waggle.broker.http.HttpRequest;
import dev.waggle.broker.http.Route;
import java.util.List;
import java.util.function.Consumer;

/**
 * What is under {@code /admin/v1/}, only for tokens with the role of an administrator, also on the loopback address, for
 * every program and every page in a browser of this machine reaches that. Who has none does not learn which paths there
 * are.
 */
public final class AdminDoor implements Route {
    private final BearerTokens bearers;
    private final List<AdminPath> paths;
    private final Route rest;

    /** @param rest answers where none of the paths does */
    public AdminDoor(BearerTokens bearers, List<AdminPath> paths, Route rest) {
        this.bearers = bearers;
        this.paths = List.copyOf(paths);
        this.rest = rest;
    }

    @Override
    public void handle(HttpRequest request, Consumer<HttpAnswer> answer) {
        bearers.requireAdmin(request, answer, by -> {
            if (paths.stream().noneMatch(path -> path.handle(by, request, answer))) {
                rest.handle(request, answer);
            }
        });
    }
}
