package dev.waggle.broker.http;

import dev.waggle.auth.Identity;
import dev.waggle.auth.TokenVerifier;
import dev.waggle.auth.Verdict;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who asks, by the token of the {@code Authorization} header (RFC 6750 §2.1). */
public final class BearerTokens {
    private static final Logger LOG = LoggerFactory.getLogger(BearerTokens.class);
    private static final String BEARER = "bearer ";

    private final TokenVerifier tokens;
    private final Strangers strangers;

    public BearerTokens(TokenVerifier tokens, Strangers strangers) {
        this.tokens = tokens;
        this.strangers = strangers;
    }

    /**
     * Goes on with whom the token speaks for, or answers 401 (503 if tokens cannot be checked, 429 to a banned address).
     *
     * @param then on the thread that verified the token
     */
    void require(HttpRequest request, Consumer<HttpAnswer> answer, Consumer<Identity> then) {
        HttpAnswer banned = strangers.banned(request);
        if (banned == null) {
            identify(request, answer, then);
        } else {
            answer.accept(banned);
        }
    }

    private void identify(HttpRequest request, Consumer<HttpAnswer> answer, Consumer<Identity> then) {
        String authorization = request.header("authorization");
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            answer.accept(unauthorized("a Bearer token is needed: Authorization: Bearer <token>"));
            return;
        }
        tokens.verify(authorization.substring(BEARER.length()).trim(), request.certificate())
                .whenComplete((verdict, failure) -> {
                    if (failure != null) {
                        answer.accept(HttpAnswer.refused(Refusal.UNAVAILABLE, "tokens cannot be checked now"));
                    } else if (verdict instanceof Verdict.Denied denied) {
                        strangers.refused(request, denied);
                        answer.accept(unauthorized(denied.reason()));
                    } else {
                        then.accept(((Verdict.Granted) verdict).identity());
                    }
                })
                .exceptionally(bug -> {
                    LOG.error("a bug: {} {} ended without an answer", request.method(), request.path(), bug);
                    answer.accept(HttpAnswer.refused(Refusal.FAILED, "the server failed; it has written down why"));
                    return null;
                });
    }

    /** For operators: any other role is answered 403. From a banned address too, or who would lift the ban? */
    public void requireAdmin(HttpRequest request, Consumer<HttpAnswer> answer, Consumer<Identity> then) {
        identify(request, answer, identity -> {
            if (identity.role() == Actor.Role.ADMIN) {
                then.accept(identity);
            } else {
                answer.accept(noAdmin());
            }
        });
    }

    /** For administrators and moderators; what a moderator may is for the caller to know. */
    public void requireOperator(HttpRequest request, Consumer<HttpAnswer> answer, Consumer<Identity> then) {
        identify(request, answer, identity -> {
            if (identity.role() == Actor.Role.ADMIN || identity.role() == Actor.Role.MODERATOR) {
                then.accept(identity);
            } else {
                answer.accept(noAdmin());
            }
        });
    }

    /** The answer to other roles. */
    public static HttpAnswer noAdmin() {
        return HttpAnswer.refused(Refusal.NOT_ALLOWED, "a token with the role admin is needed");
    }

    private static HttpAnswer unauthorized(String reason) {
        HttpAnswer plain = HttpAnswer.refused(Rejection.of(Refusal.UNAUTHORIZED, reason));
        return plain.with(Map.of("WWW-Authenticate", "Bearer"));
    }
}
