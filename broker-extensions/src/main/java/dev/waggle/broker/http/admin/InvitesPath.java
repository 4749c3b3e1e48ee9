package dev.waggle.broker.http.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.auth.Identity;
import dev.waggle.auth.account.AccountAnswer;
import dev.waggle.auth.account.Invitations;
import dev.waggle.broker.http.AccountReplies;
import dev.waggle.broker.http.HttpAnswer;
import dev.waggle.broker.http.HttpRequest;
import dev.waggle.spec.Ids;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.message.Refusal;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Invitations to register: {@code GET /admin/v1/invites[?after=][&limit=]}; {@code POST /admin/v1/invites} {uses?, ttl?},
 * ttl in seconds; {@code POST /admin/v1/invites/revoke} {id}.
 */
public final class InvitesPath implements AdminPath {
    private static final Logger LOG = LoggerFactory.getLogger(InvitesPath.class);
    private static final String LIST = ROOT + "invites";
    private static final int MAX_ID = 64;
    private static final String REVOKE = LIST + "/revoke";

    private final Invitations invitations;
    private final boolean admit;

    /** @param admit false: registration is not by invitation, so that they would admit nobody; then none are made */
    public InvitesPath(Invitations invitations, boolean admit) {
        this.invitations = invitations;
        this.admit = admit;
    }

    @Override
    public boolean handle(Identity by, HttpRequest request, Consumer<HttpAnswer> answer) {
        boolean revoke = request.path().equals(REVOKE);
        if (!revoke && !request.path().equals(LIST)) {
            return false;
        }
        if (request.method().equals("POST")) {
            reply(revoke ? revoke(by, request) : make(by, request), revoke ? 200 : 201, answer);
        } else if (request.method().equals("GET") && !revoke) {
            reply(Paging.read(request, Set.of()).then(this::list), 200, answer);
        } else {
            answer.accept(HttpAnswer.methodNotAllowed(revoke ? "POST" : "GET, POST"));
        }
        return true;
    }

    private static void reply(Parsed<CompletionStage<AccountAnswer>> asked, int done, Consumer<HttpAnswer> answer) {
        if (asked instanceof Parsed.Bad<CompletionStage<AccountAnswer>> bad) {
            answer.accept(HttpAnswer.refused(Refusal.BAD_REQUEST, bad.reason()));
        } else {
            asked.get().thenAccept(became -> answer.accept(AccountReplies.of(became, done)));
        }
    }

    private Parsed<CompletionStage<AccountAnswer>> list(Paging page) {
        String after = page.after();
        return after == null || Ids.isValid(after, MAX_ID)
                ? Parsed.ok(invitations.list(after, page.limit()))
                : Parsed.bad("after is the id of an invitation");
    }

    private Parsed<CompletionStage<AccountAnswer>> make(Identity by, HttpRequest request) {
        if (!admit) {
            return Parsed.bad("invitations admit nobody here: that takes registration: invite in the configuration");
        }
        return AdminJson.read(request.body(), Set.of("uses", "ttl"))
                .then(body -> number(body, "uses", 1, 1, Invitations.MAX_USES)
                        .then(uses -> number(
                                        body,
                                        "ttl",
                                        Invitations.USUAL_TTL.toSeconds(),
                                        Invitations.MIN_TTL.toSeconds(),
                                        Invitations.MAX_TTL.toSeconds())
                                .then(ttl -> Parsed.ok(invitations
                                        .make(uses.intValue(), Duration.ofSeconds(ttl))
                                        .whenComplete((made, bug) ->
                                                LOG.info("{} makes an invitation: {}", by.user(), made))))));
    }

    private static Parsed<Long> number(JsonNode body, String field, long usual, long least, long most) {
        JsonNode value = body.path(field);
        if (value.isMissingNode()) {
            return Parsed.ok(usual);
        }
        boolean good = value.isIntegralNumber()
                && value.canConvertToLong()
                && value.longValue() >= least
                && value.longValue() <= most;
        return good
                ? Parsed.ok(value.longValue())
                : Parsed.bad(field + " is a whole number from " + least + " to " + most);
    }

    private Parsed<CompletionStage<AccountAnswer>> revoke(Identity by, HttpRequest request) {
        return AdminJson.read(request.body(), Set.of("id"))
                .then(body -> AdminJson.text(body, "id"))
                .then(id -> Parsed.ok(invitations
                        .revoke(id)
                        .whenComplete((became, bug) -> LOG.info("{} revokes an invitation: {}", by.user(), became))));
    }
}
