package dev.waggle.broker.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.auth.account.Account;
import dev.waggle.auth.account.AccountAnswer;
import dev.waggle.auth.account.Invitation;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.message.Refusal;

/** What became of a request about an account, as an HTTP answer. */
public final class AccountReplies {
    private AccountReplies() {}

    /** @param done status if it was carried out: 200, or 201 for something new */
    public static HttpAnswer of(AccountAnswer answer, int done) {
        if (answer instanceof AccountAnswer.Session session) {
            return HttpAnswer.json(
                    done,
                    JsonBody.bytes(JsonBody.object()
                            .put("access_token", session.accessToken())
                            .put("token_type", "Bearer")
                            .put("refresh_token", session.refreshToken())
                            .put("expires_in", session.expiresIn().toSeconds())
                            .put("client_id", session.clientId())));
        }
        if (answer instanceof AccountAnswer.Refused refused) {
            return HttpAnswer.refused(refusal(refused.why()), refused.reason());
        }
        if (answer instanceof AccountAnswer.Busy busy) {
            return HttpAnswer.comeAgain(busy.retryAfter(), "too many passwords wait for their check; come again");
        }
        if (answer instanceof AccountAnswer.Unavailable unavailable) {
            return HttpAnswer.refused(Refusal.UNAVAILABLE, unavailable.reason());
        }
        if (answer instanceof AccountAnswer.Listed listed) {
            return HttpAnswer.json(done, list(listed));
        }
        if (answer instanceof AccountAnswer.Invited made) {
            ObjectNode body = JsonBody.object().put("code", made.code());
            return HttpAnswer.json(done, JsonBody.bytes(describe(made.invitation(), body)));
        }
        if (answer instanceof AccountAnswer.InvitationList listed) {
            return HttpAnswer.json(done, list(listed));
        }
        if (answer instanceof AccountAnswer.Done) {
            return HttpAnswer.json(done, Bytes.utf8("{}"));
        }
        return HttpAnswer.refused(Refusal.FAILED, "the store failed: this may or may not be done; try again");
    }

    /** True if a wrong password, a wrong invitation or a taken name was tried: what guessing looks like. */
    static boolean isFailedAttempt(AccountAnswer answer) {
        return answer instanceof AccountAnswer.Refused refused
                && refused.why() != AccountAnswer.Why.FORM
                && refused.why() != AccountAnswer.Why.ROLE;
    }

    private static Refusal refusal(AccountAnswer.Why why) {
        return switch (why) {
            case FORM -> Refusal.BAD_REQUEST;
            case CREDENTIALS -> Refusal.UNAUTHORIZED;
            case TAKEN -> Refusal.EXISTS;
            case CLOSED, ROLE -> Refusal.NOT_ALLOWED;
            case UNKNOWN -> Refusal.NOT_FOUND;
            case FULL -> Refusal.QUOTA;
        };
    }

    private static ObjectNode describe(Invitation invitation, ObjectNode line) {
        return line.put("id", invitation.id())
                .put("uses", invitation.usesLeft())
                .put("expires", invitation.endsAt());
    }

    private static Bytes list(AccountAnswer.InvitationList listed) {
        ObjectNode body = JsonBody.object();
        ArrayNode invites = body.putArray("invites");
        listed.invitations().forEach(each -> describe(each, invites.addObject()));
        if (listed.more()) {
            body.put(
                    "next",
                    listed.invitations().get(listed.invitations().size() - 1).id());
        }
        return JsonBody.bytes(body);
    }

    private static Bytes list(AccountAnswer.Listed listed) {
        ObjectNode body = JsonBody.object();
        ArrayNode users = body.putArray("users");
        Account last = null;
        for (Account account : listed.accounts()) {
            users.addObject()
                    .put("user", account.user().value())
                    .put("role", account.role())
                    .put("enabled", account.enabled());
            last = account;
        }
        if (listed.more() && last != null) {
            body.put("next", last.user().value());
        }
        return JsonBody.bytes(body);
    }
}
