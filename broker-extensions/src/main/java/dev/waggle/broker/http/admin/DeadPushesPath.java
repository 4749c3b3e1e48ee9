package dev.waggle.broker.http.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.auth.Identity;
import dev.waggle.broker.http.HttpAnswer;
import dev.waggle.broker.http.HttpRequest;
import dev.waggle.broker.push.DeadLetter;
import dev.waggle.broker.push.DeadLetters;
import dev.waggle.broker.push.Replays;
import dev.waggle.spec.message.Refusal;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes that were given up: {@code GET /admin/v1/push/dead[?user=][&app=][&after=][&limit=]} lists them, the newest first;
 * {@code POST /admin/v1/push/dead/{id}/replay} sends one again if that is still of use.
 */
public final class DeadPushesPath implements AdminPath {
    private static final Logger LOG = LoggerFactory.getLogger(DeadPushesPath.class);
    private static final String LIST = ROOT + "push/dead";
    private static final String ONE = LIST + "/";
    private static final String REPLAY = "/replay";
    private static final HttpAnswer NONE = HttpAnswer.refused(Refusal.NOT_FOUND, "there is no such push");
    private static final HttpAnswer BROKEN =
            HttpAnswer.refused(Refusal.UNAVAILABLE, "the store cannot be read now; try again");

    private final DeadLetters letters;
    private final Replays replays;

    public DeadPushesPath(DeadLetters letters, Replays replays) {
        this.letters = letters;
        this.replays = replays;
    }

    @Override
    public boolean handle(Identity by, HttpRequest request, Consumer<HttpAnswer> answer) {
        String path = request.path();
        if (path.equals(LIST)) {
            boolean get = request.method().equals("GET");
            tell(get ? list(request) : done(HttpAnswer.methodNotAllowed("GET")), answer);
            return true;
        }
        if (!path.startsWith(ONE) || !path.endsWith(REPLAY) || path.length() < ONE.length() + REPLAY.length()) {
            return false;
        }
        boolean post = request.method().equals("POST");
        String id = path.substring(ONE.length(), path.length() - REPLAY.length());
        tell(post ? replay(by, id, request) : done(HttpAnswer.methodNotAllowed("POST")), answer);
        return true;
    }

    private static void tell(CompletionStage<HttpAnswer> asked, Consumer<HttpAnswer> answer) {
        CompletionStage<HttpAnswer> unused = asked.exceptionally(failure -> {
                    LOG.warn("dead pushes cannot be told: {}", failure.toString());
                    return BROKEN;
                })
                .whenComplete((told, none) -> answer.accept(told));
    }

    private CompletionStage<HttpAnswer> list(HttpRequest request) {
        return Paging.read(request, Set.of("user", "app"))
                .fold(
                        page -> list(
                                page,
                                request.query().get("user"),
                                request.query().get("app")),
                        reason -> done(HttpAnswer.refused(Refusal.BAD_REQUEST, reason)));
    }

    private CompletionStage<HttpAnswer> list(Paging page, @Nullable String user, @Nullable String app) {
        Predicate<DeadLetter> wanted =
                letter -> (user == null || letter.user().value().equals(user))
                        && (app == null || letter.outlet().app().equals(app));
        return letters.list(wanted, page.after(), page.limit() + 1)
                .thenApply(found -> AdminJson.answer(body(found, page)));
    }

    private static ObjectNode body(List<DeadLetter> found, Paging page) {
        ObjectNode body = AdminJson.object();
        ArrayNode lines = body.putArray("pushes");
        found.stream().limit(page.limit()).forEach(one -> describe(one, lines.addObject()));
        if (found.size() > page.limit()) {
            body.put("next", found.get(page.limit() - 1).id());
        }
        return body;
    }

    private static void describe(DeadLetter one, ObjectNode line) {
        line.put("id", one.id());
        line.put("at", one.at());
        line.put("user", one.user().value());
        line.put("device", one.device().value());
        line.put("app", one.outlet().app());
        line.put("provider", one.outlet().provider());
        line.put("conv", one.conversation().text());
        line.put("seq", one.seq());
        line.put("kind", one.kind().code());
        line.put("push", one.push().toString());
        line.put("cause", one.cause().code());
        line.put("reason", one.reason());
        line.put("tries", one.tries());
    }

    private CompletionStage<HttpAnswer> replay(Identity by, String id, HttpRequest request) {
        return request.query().isEmpty()
                ? AdminJson.read(request.body(), Set.of())
                        .fold(
                                nothing -> replay(by, id),
                                reason -> done(HttpAnswer.refused(Refusal.BAD_REQUEST, reason)))
                : done(HttpAnswer.refused(Refusal.BAD_REQUEST, "the address has no parameters"));
    }

    private CompletionStage<HttpAnswer> replay(Identity by, String id) {
        return replays.replay(id).thenApply(found -> {
            if (found.isEmpty()) {
                return NONE;
            }
            Replays.Replayed replayed = found.get();
            LOG.info("{} asked for push {} again: {}", by.user(), id, replayed.why());
            ObjectNode body = AdminJson.object();
            body.put("sent", replayed.push() != null);
            body.put("why", replayed.why());
            if (replayed.push() != null) {
                body.put("push", replayed.push());
            }
            if (replayed.until() > 0) {
                body.put("until", replayed.until());
            }
            return AdminJson.answer(body);
        });
    }

    private static CompletionStage<HttpAnswer> done(HttpAnswer answer) {
        return CompletableFuture.completedStage(answer);
    }
}
