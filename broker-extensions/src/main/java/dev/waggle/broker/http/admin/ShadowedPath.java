package dev.waggle.broker.http.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.auth.Identity;
import dev.waggle.broker.http.HttpAnswer;
import dev.waggle.broker.http.HttpRequest;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Refusal;
import dev.waggle.store.Reads;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code GET /admin/v1/shadowed[?after=][&limit=]}: whom moderators have shadowed, in order of their ids. */
public final class ShadowedPath implements AdminPath {
    private static final String PATH = ROOT + "shadowed";

    private final Reads reads;

    public ShadowedPath(Reads reads) {
        this.reads = reads;
    }

    @Override
    public boolean handle(Identity by, HttpRequest request, Consumer<HttpAnswer> answer) {
        if (!request.path().equals(PATH)) {
            return false;
        }
        if (!request.method().equals("GET")) {
            answer.accept(HttpAnswer.methodNotAllowed("GET"));
            return true;
        }
        Paging.read(request, Set.of())
                .then(page -> page.after() == null
                        ? Parsed.ok(new Wanted(null, page.limit()))
                        : UserId.parse(page.after()).then(user -> Parsed.ok(new Wanted(user, page.limit()))))
                .fold(
                        wanted -> {
                            list(wanted, answer);
                            return true;
                        },
                        reason -> {
                            answer.accept(HttpAnswer.refused(Refusal.BAD_REQUEST, reason));
                            return true;
                        });
        return true;
    }

    private record Wanted(@Nullable UserId after, int limit) {}

    private void list(Wanted wanted, Consumer<HttpAnswer> answer) {
        reads.shadowed(wanted.after, wanted.limit)
                .whenComplete((users, failure) -> answer.accept(
                        failure == null
                                ? AdminJson.answer(told(users, wanted.limit))
                                : HttpAnswer.refused(Refusal.UNAVAILABLE, "the store could not be read; try again")));
    }

    private static ObjectNode told(List<UserId> users, int limit) {
        ObjectNode body = AdminJson.object();
        var lines = body.putArray("shadowed");
        users.forEach(user -> lines.add(user.value()));
        if (users.size() == limit) {
            body.put("next", users.get(limit - 1).value());
        }
        return body;
    }
}
