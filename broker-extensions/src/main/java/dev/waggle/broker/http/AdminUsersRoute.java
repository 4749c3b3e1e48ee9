package dev.waggle.broker.http;

import dev.waggle.auth.account.AccountAdministration;
import dev.waggle.auth.account.AccountAnswer;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Refusal;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accounts of the local issuer for operators; a Bearer token with the role {@code admin} is needed:
 *
 * <pre>
 * GET  /admin/v1/users?after=&amp;limit=         {users: [{user, role, enabled}], next?}; limit 1…1000, else 100
 * POST /admin/v1/users                       {user, password, role?}   201
 * POST /admin/v1/users/{user}/password       {password}; every log-in of the user ends
 * </pre>
 */
public final class AdminUsersRoute implements Route {
    public static final String USERS = "/admin/v1/users";

    private static final Logger LOG = LoggerFactory.getLogger(AdminUsersRoute.class);

    private static final Pattern OF_USER = Pattern.compile(USERS + "/([A-Za-z0-9_-]{1,64})/password");

    private static final int USUAL_LIMIT = 100;
    private static final String USUAL_ROLE = "user";

    private final BearerTokens bearers;
    private final AccountAdministration accounts;

    public AdminUsersRoute(BearerTokens bearers, AccountAdministration accounts) {
        this.bearers = bearers;
        this.accounts = accounts;
    }

    @Override
    public void handle(HttpRequest request, Consumer<HttpAnswer> answer) {
        bearers.requireAdmin(request, answer, identity -> admitted(identity.user(), request, answer));
    }

    private void admitted(UserId operator, HttpRequest request, Consumer<HttpAnswer> answer) {
        boolean all = request.path().equals(USERS);
        Matcher one = OF_USER.matcher(request.path());
        if (!all && !one.matches()) {
            answer.accept(HttpAnswer.refused(
                    Refusal.NOT_FOUND, "here are " + USERS + " and " + USERS + "/{user}/password, disable, enable"));
        } else if (all && request.method().equals("GET")) {
            list(request, answer);
        } else if (!request.method().equals("POST")) {
            answer.accept(HttpAnswer.methodNotAllowed(all ? "GET, POST" : "POST"));
        } else if (all) {
            LOG.info("operator {} makes an account", operator);
            add(request, answer);
        } else {
            LOG.info("operator {} sets the password of {}", operator, one.group(1));
            setPassword(one.group(1), request, answer);
        }
    }

    private void list(HttpRequest request, Consumer<HttpAnswer> answer) {
        String after = request.query().get("after");
        Integer limit = limit(request.query().get("limit"));
        if (limit == null || after != null && !UserId.parse(after).isOk()) {
            answer.accept(HttpAnswer.refused(
                    Refusal.BAD_REQUEST, "after is a user id, limit is 1 to " + AccountAdministration.MAX_LISTED));
        } else {
            AccountRoute.reply(accounts.list(after == null ? null : new UserId(after), limit), 200, answer);
        }
    }

    /** Null if it is none. */
    private static @Nullable Integer limit(@Nullable String text) {
        if (text == null) {
            return USUAL_LIMIT;
        }
        int limit = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        return limit < 1 || limit > AccountAdministration.MAX_LISTED ? null : Integer.valueOf(limit);
    }

    private void add(HttpRequest request, Consumer<HttpAnswer> answer) {
        Parsed<CompletionStage<AccountAnswer>> made = JsonBody.read(
                        request.body(), List.of("user", "password"), List.of("role"))
                .then(body -> Parsed.ok(accounts.add(
                        body.text("user"),
                        body.text("password"),
                        Objects.requireNonNullElse(body.maybe("role"), USUAL_ROLE))));
        reply(made, 201, answer);
    }

    private void setPassword(String user, HttpRequest request, Consumer<HttpAnswer> answer) {
        Parsed<CompletionStage<AccountAnswer>> done = JsonBody.read(request.body(), List.of("password"), List.of())
                .then(body -> Parsed.ok(accounts.setPassword(user, body.text("password"))));
        reply(done, 200, answer);
    }

    private static void reply(Parsed<CompletionStage<AccountAnswer>> asked, int done, Consumer<HttpAnswer> answer) {
        if (asked instanceof Parsed.Bad<CompletionStage<AccountAnswer>> bad) {
            answer.accept(HttpAnswer.refused(Refusal.BAD_REQUEST, bad.reason()));
        } else {
            AccountRoute.reply(asked.get(), done, answer);
        }
    }
}
