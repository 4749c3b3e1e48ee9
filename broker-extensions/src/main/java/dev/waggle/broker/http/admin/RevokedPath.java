package dev.waggle.broker.http.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.auth.Identity;
import dev.waggle.auth.revocation.Key;
import dev.waggle.auth.revocation.Revocation;
import dev.waggle.auth.revocation.RevocationRegister;
import dev.waggle.broker.http.HttpAnswer;
import dev.waggle.broker.http.HttpRequest;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.message.Refusal;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What no longer counts: {@code GET /admin/v1/revocations[?after=][&limit=]}, and {@code POST /admin/v1/revocations} with
 * {jti, issuer?, exp?}, {user, before?} or {user, device, before?}. Connections end within a second.
 */
public final class RevokedPath implements AdminPath {
    private static final Logger LOG = LoggerFactory.getLogger(RevokedPath.class);
    private static final String PATH = ROOT + "revocations";

    private final RevocationRegister register;
    private final List<String> issuers;
    private final InstantSource clock;

    /** @param issuers every {@code iss} that is trusted */
    public RevokedPath(RevocationRegister register, List<String> issuers, InstantSource clock) {
        this.register = register;
        this.issuers = List.copyOf(issuers);
        this.clock = clock;
    }

    @Override
    public boolean handle(Identity by, HttpRequest request, Consumer<HttpAnswer> answer) {
        if (!request.path().equals(PATH)) {
            return false;
        }
        switch (request.method()) {
            case "GET" -> answer.accept(list(request));
            case "POST" ->
                RevocationBody.read(request.body(), issuers, clock.millis())
                        .fold(
                                revocation -> {
                                    revoke(by, revocation, answer);
                                    return true;
                                },
                                reason -> {
                                    answer.accept(HttpAnswer.refused(Refusal.BAD_REQUEST, reason));
                                    return true;
                                });
            default -> answer.accept(HttpAnswer.methodNotAllowed("GET, POST"));
        }
        return true;
    }

    private void revoke(Identity by, Revocation revocation, Consumer<HttpAnswer> answer) {
        register.revoke(revocation).thenAccept(outcome -> {
            LOG.info("{} revoked {}: {}", by.user(), revocation.key(), outcome);
            answer.accept(Changes.answer(outcome, RevocationBody.write(revocation)));
        });
    }

    private HttpAnswer list(HttpRequest request) {
        return Paging.read(request, Set.of())
                .then(page -> after(page.after()).then(after -> Parsed.ok(page(after.key(), page.limit()))))
                .fold(AdminJson::answer, reason -> HttpAnswer.refused(Refusal.BAD_REQUEST, reason));
    }

    /** {@link Parsed} holds no null. */
    private record After(@Nullable Key key) {}

    private static Parsed<After> after(@Nullable String text) {
        return text == null
                ? Parsed.ok(new After(null))
                : RevocationBody.cursor(text).then(key -> Parsed.ok(new After(key)));
    }

    private ObjectNode page(@Nullable Key after, int limit) {
        List<Revocation> found = register.table().list(after, limit + 1);
        ObjectNode body = AdminJson.object();
        var lines = body.putArray("revocations");
        found.stream().limit(limit).map(RevocationBody::write).forEach(lines::add);
        if (found.size() > limit) {
            body.put("next", RevocationBody.cursor(found.get(limit - 1).key()));
        }
        return body;
    }
}
