package dev.waggle.broker.http;

import dev.waggle.auth.account.AccountAnswer;
import dev.waggle.auth.account.LocalAccounts;
import dev.waggle.auth.account.LogInLimits;
import dev.waggle.auth.account.ProviderLogIns;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accounts of the local issuer for their owners, all {@code POST} with a JSON object:
 *
 * <pre>
 * /auth/register  {user, password, device, invite?}   201 tokens
 * /auth/token     {user, password, device}            tokens
 * /auth/exchange  {id_token, device, nonce?}          tokens
 * /auth/refresh   {refresh_token}                     tokens
 * /auth/revoke    {refresh_token}                     that log-in ends
 *                 {device} or {all: true}             with a Bearer token: of the caller's own devices
 * /auth/password  {user, password, new_password}      every log-in ends
 * /auth/delete    {user, password}                    the account ends for good
 *                 {id_token, nonce?}                  one that came through a provider
 * </pre>
 *
 * Tokens are {@code {access_token, token_type, refresh_token, expires_in, client_id}}. What tries a password is limited
 * per account and per address: 429 with {@code Retry-After}.
 */
public final class AccountRoute implements Route {
    private static final Logger LOG = LoggerFactory.getLogger(AccountRoute.class);
    static final List<String> PATHS = List.of(
            "/auth/register",
            "/auth/token",
            "/auth/exchange",
            "/auth/refresh",
            "/auth/revoke",
            "/auth/password",
            "/auth/delete");
    private static final String NO_ACCOUNT = "";

    private static final String USER = "user";
    private static final String PASSWORD = "password";
    private static final String DEVICE = "device";
    private static final String REFRESH_TOKEN = "refresh_token";
    private static final String ID_TOKEN = "id_token";
    private static final String NONCE = "nonce";

    private final LocalAccounts accounts;
    private final ProviderLogIns providers;
    private final LogInLimits limits;
    private final BearerTokens bearers;
    private final Strangers strangers;

    public AccountRoute(
            LocalAccounts accounts,
            ProviderLogIns providers,
            LogInLimits limits,
            BearerTokens bearers,
            Strangers strangers) {
        this.accounts = accounts;
        this.providers = providers;
        this.limits = limits;
        this.bearers = bearers;
        this.strangers = strangers;
    }

    @Override
    public void handle(HttpRequest request, Consumer<HttpAnswer> answer) {
        if (!PATHS.contains(request.path())) {
            answer.accept(HttpAnswer.refused(Refusal.NOT_FOUND, "here are " + String.join(", ", PATHS)));
        } else if (!request.method().equals("POST")) {
            answer.accept(HttpAnswer.methodNotAllowed("POST"));
        } else {
            post(request, answer);
        }
    }

    private void post(HttpRequest request, Consumer<HttpAnswer> answer) {
        switch (request.path()) {
            case "/auth/register" ->
                with(
                        request,
                        answer,
                        List.of(USER, PASSWORD, DEVICE),
                        List.of("invite"),
                        body ->
                                // Not counted against the account: that would tell nothing, and shut out its owner.
                                limited(
                                        request,
                                        answer,
                                        NO_ACCOUNT,
                                        201,
                                        () -> accounts.register(
                                                body.text(USER),
                                                body.text(PASSWORD),
                                                body.text(DEVICE),
                                                body.maybe("invite"))));
            case "/auth/token" ->
                with(
                        request,
                        answer,
                        List.of(USER, PASSWORD, DEVICE),
                        List.of(),
                        body -> limited(
                                request,
                                answer,
                                body.text(USER),
                                200,
                                () -> accounts.logIn(body.text(USER), body.text(PASSWORD), body.text(DEVICE))));
            case "/auth/exchange" ->
                with(
                        request,
                        answer,
                        List.of(ID_TOKEN, DEVICE),
                        List.of(NONCE),
                        body -> limited(
                                request,
                                answer,
                                NO_ACCOUNT,
                                200,
                                () -> providers.exchange(body.text(ID_TOKEN), body.text(DEVICE), body.maybe(NONCE))));
            case "/auth/password" ->
                with(
                        request,
                        answer,
                        List.of(USER, PASSWORD, "new_password"),
                        List.of(),
                        body -> limited(
                                request,
                                answer,
                                body.text(USER),
                                200,
                                () -> accounts.changePassword(
                                        body.text(USER), body.text(PASSWORD), body.text("new_password"))));
            case "/auth/delete" ->
                with(
                        request,
                        answer,
                        List.of(),
                        List.of(USER, PASSWORD, ID_TOKEN, NONCE),
                        body -> delete(request, body, answer));
            case "/auth/refresh" ->
                with(
                        request,
                        answer,
                        List.of(REFRESH_TOKEN),
                        List.of(),
                        body -> reply(accounts.refresh(body.text(REFRESH_TOKEN)), 200, answer));
            default ->
                with(
                        request,
                        answer,
                        List.of(),
                        List.of(REFRESH_TOKEN, DEVICE, "all"),
                        body -> revoke(request, body, answer));
        }
    }

    private static void with(
            HttpRequest request,
            Consumer<HttpAnswer> answer,
            List<String> needed,
            List<String> optional,
            Consumer<JsonBody> then) {
        Parsed<JsonBody> body = JsonBody.read(request.body(), needed, optional);
        if (body instanceof Parsed.Bad<JsonBody> bad) {
            answer.accept(HttpAnswer.refused(Refusal.BAD_REQUEST, bad.reason()));
        } else {
            then.accept(body.get());
        }
    }

    /** @param user whose account is at stake, untrusted, or empty */
    private void limited(
            HttpRequest request,
            Consumer<HttpAnswer> answer,
            String user,
            int done,
            Supplier<CompletionStage<AccountAnswer>> attempt) {
        HttpAnswer banned = strangers.banned(request);
        if (banned != null) {
            answer.accept(banned);
            return;
        }
        Duration wait = limits.take(user, request.address());
        if (!wait.isZero()) {
            strangers.guessed(request, 429);
            answer.accept(HttpAnswer.comeAgain(wait, "too many attempts failed; come again later"));
            return;
        }
        reply(
                attempt.get().whenComplete((became, bug) -> {
                    if (bug != null || !AccountReplies.isFailedAttempt(became)) {
                        limits.giveBack(user, request.address());
                    } else {
                        strangers.guessed(request, 401);
                    }
                }),
                done,
                answer);
    }

    private void delete(HttpRequest request, JsonBody body, Consumer<HttpAnswer> answer) {
        String user = body.maybe(USER);
        String password = body.maybe(PASSWORD);
        String idToken = body.maybe(ID_TOKEN);
        boolean byPassword = body.has(USER) || body.has(PASSWORD);
        boolean byProvider = body.has(ID_TOKEN) || body.has(NONCE);
        if (user != null && password != null && !byProvider) {
            limited(request, answer, user, 200, () -> accounts.erase(user, password));
        } else if (idToken != null && !byPassword) {
            limited(request, answer, NO_ACCOUNT, 200, () -> providers.erase(idToken, body.maybe(NONCE)));
        } else {
            answer.accept(HttpAnswer.refused(
                    Refusal.BAD_REQUEST, "either user and password, or id_token with nonce or not; all texts"));
        }
    }

    private void revoke(HttpRequest request, JsonBody body, Consumer<HttpAnswer> answer) {
        String refreshToken = body.maybe(REFRESH_TOKEN);
        String device = body.maybe(DEVICE);
        boolean one = (body.has(REFRESH_TOKEN) ? 1 : 0) + (body.has(DEVICE) ? 1 : 0) + (body.has("all") ? 1 : 0) == 1;
        if (!one || refreshToken == null && device == null && !body.isTrue("all")) {
            answer.accept(HttpAnswer.refused(
                    Refusal.BAD_REQUEST, "one of refresh_token (a text), device (a text) or all (true)"));
        } else if (refreshToken != null) {
            reply(accounts.revoke(refreshToken), 200, answer);
        } else {
            bearers.require(request, answer, identity -> logOut(identity.user(), device, answer));
        }
    }

    /** @param device null: all */
    private void logOut(UserId user, @Nullable String device, Consumer<HttpAnswer> answer) {
        if (device == null) {
            reply(accounts.logOut(user, null), 200, answer);
            return;
        }
        Parsed<DeviceId> known = DeviceId.parse(device);
        if (known instanceof Parsed.Bad<DeviceId> bad) {
            answer.accept(HttpAnswer.refused(Refusal.BAD_REQUEST, bad.reason()));
        } else {
            reply(accounts.logOut(user, known.get()), 200, answer);
        }
    }

    static void reply(CompletionStage<AccountAnswer> stage, int done, Consumer<HttpAnswer> answer) {
        stage.thenAccept(became -> answer.accept(AccountReplies.of(became, done)))
                .exceptionally(bug -> {
                    LOG.error("a bug: a request about an account ended without an answer", bug);
                    answer.accept(HttpAnswer.refused(Refusal.FAILED, "the server failed; it has written down why"));
                    return null;
                });
    }
}
