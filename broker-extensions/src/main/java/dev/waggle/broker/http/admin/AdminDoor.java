package dev.waggle.broker.http.admin;

import dev.waggle.broker.http.BearerTokens;
import dev.waggle.broker.http.HttpAnswer;
import dev.waggle.broker.http.HttpRequest;
import dev.waggle.broker.http.Route;
import dev.waggle.spec.message.Actor;
import java.util.List;
import java.util.function.Consumer;

/**
 * What is under {@code /admin/v1/}, only for tokens with the role of an administrator, some of it for moderators too; also
 * on the loopback address, for every program and every page in a browser of this machine reaches that. Who has none does
 * not learn which paths there are.
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
        bearers.requireOperator(request, answer, by -> {
            boolean admin = by.role() == Actor.Role.ADMIN;
            boolean handled = paths.stream()
                    .filter(path -> admin || path.isForModerators())
                    .anyMatch(path -> path.handle(by, request, answer));
            if (!handled && admin) {
                rest.handle(request, answer);
            } else if (!handled) {
                answer.accept(BearerTokens.noAdmin());
            }
        });
    }
}
