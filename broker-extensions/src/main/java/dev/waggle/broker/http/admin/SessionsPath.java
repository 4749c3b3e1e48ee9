package dev.waggle.broker.http.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.auth.Identity;
import dev.waggle.broker.http.HttpAnswer;
import dev.waggle.broker.http.HttpRequest;
import dev.waggle.broker.session.LiveSession;
import dev.waggle.broker.session.SessionRegistry;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Refusal;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is connected: {@code GET /admin/v1/sessions[?user=][&after=][&limit=]}, in the order of client ids, and
 * {@code POST /admin/v1/sessions/kick} {user, device?}, which ends connections; what waits for a device still waits, and it
 * may come back.
 */
public final class SessionsPath implements AdminPath {
    private static final Logger LOG = LoggerFactory.getLogger(SessionsPath.class);
    private static final String LIST = ROOT + "sessions";
    private static final String KICK = LIST + "/kick";

    private final SessionRegistry sessions;

    public SessionsPath(SessionRegistry sessions) {
        this.sessions = sessions;
    }

    @Override
    public boolean handle(Identity by, HttpRequest request, Consumer<HttpAnswer> answer) {
        if (request.path().equals(LIST)) {
            answer.accept(request.method().equals("GET") ? answer(list(request)) : HttpAnswer.methodNotAllowed("GET"));
            return true;
        }
        if (request.path().equals(KICK)) {
            answer.accept(
                    request.method().equals("POST") ? answer(kick(by, request)) : HttpAnswer.methodNotAllowed("POST"));
            return true;
        }
        return false;
    }

    private static HttpAnswer answer(Parsed<ObjectNode> body) {
        return body.fold(AdminJson::answer, reason -> HttpAnswer.refused(Refusal.BAD_REQUEST, reason));
    }

    private Parsed<ObjectNode> list(HttpRequest request) {
        String user = request.query().get("user");
        return Paging.read(request, Set.of("user")).then(page -> {
            if (user == null) {
                return Parsed.ok(page(null, page));
            }
            return UserId.parse(user).then(id -> Parsed.ok(page(id, page)));
        });
    }

    private ObjectNode page(@Nullable UserId user, Paging page) {
        List<LiveSession> found = sessions.list(user, page.after(), page.limit() + 1);
        ObjectNode body = AdminJson.object();
        var lines = body.putArray("sessions");
        found.stream().limit(page.limit()).forEach(session -> {
            ObjectNode line = lines.addObject();
            line.put("user", session.user().value());
            if (session.device() != null) {
                line.put("device", session.device().value());
            }
            line.put("clientId", session.clientId());
            line.put("address", session.address());
            line.put("since", session.since());
            line.put("expires", session.expires());
            line.put("issuer", session.issuer());
            line.put("jti", session.tokenId());
        });
        if (found.size() > page.limit()) {
            body.put("next", found.get(page.limit() - 1).clientId());
        }
        return body;
    }

    private Parsed<ObjectNode> kick(Identity by, HttpRequest request) {
        return AdminJson.read(request.body(), Set.of("user", "device"))
                .then(body -> AdminJson.text(body, "user")
                        .then(UserId::parse)
                        .then(user -> body.has("device")
                                ? device(body).then(device -> Parsed.ok(kick(by, user, device)))
                                : Parsed.ok(kick(by, user, null))));
    }

    private static Parsed<DeviceId> device(JsonNode body) {
        return AdminJson.text(body, "device").then(DeviceId::parse);
    }

    private ObjectNode kick(Identity by, UserId user, @Nullable DeviceId device) {
        int ended = sessions.kick(user, device, "ended by an administrator");
        LOG.info("{} ended {} connections of user {} device {}", by.user(), ended, user, device);
        return AdminJson.object().put("ended", ended);
    }
}
