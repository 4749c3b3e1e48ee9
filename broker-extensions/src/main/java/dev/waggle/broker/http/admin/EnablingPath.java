package dev.waggle.broker.http.admin;

import dev.waggle.auth.Identity;
import dev.waggle.auth.account.AccountAnswer;
import dev.waggle.auth.revocation.Revocation;
import dev.waggle.auth.revocation.RevocationRegister;
import dev.waggle.auth.revocation.RevocationRegister.Outcome;
import dev.waggle.broker.http.HttpAnswer;
import dev.waggle.broker.http.HttpRequest;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Refusal;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /admin/v1/users/{user}/disable} and {@code …/enable}: whether anybody may speak for a user, of whatever
 * issuer. Disabling ends its connections within a second, and its log-ins if it has an account here; nothing of its
 * messages changes.
 */
public final class EnablingPath implements AdminPath {
    private static final Logger LOG = LoggerFactory.getLogger(EnablingPath.class);

    private final RevocationRegister register;
    private final AccountSwitch accounts;

    /** The account of a user, if it has one here. */
    @FunctionalInterface
    public interface AccountSwitch {
        CompletionStage<AccountAnswer> enable(String user, boolean may);
    }

    public EnablingPath(RevocationRegister register, AccountSwitch accounts) {
        this.register = register;
        this.accounts = accounts;
    }

    @Override
    public boolean handle(Identity by, HttpRequest request, Consumer<HttpAnswer> answer) {
        return UserActions.handle(
                request,
                Map.of(
                        "enable", user -> change(by, user, true, answer),
                        "disable", user -> change(by, user, false, answer)),
                answer);
    }

    private void change(Identity by, UserId user, boolean enable, Consumer<HttpAnswer> answer) {
        boolean known = !enable || register.table().isDisabled(user);
        CompletionStage<Outcome> change =
                enable ? register.enable(user) : register.revoke(new Revocation.Disabled(user));
        CompletionStage<Void> unused = change.thenCombine(
                        accounts.enable(user.value(), enable),
                        (outcome, account) -> answer(user, enable, known, outcome, account))
                .thenAccept(told -> {
                    LOG.info("{} {} user {}: {}", by.user(), enable ? "enabled" : "disabled", user, told.status());
                    answer.accept(told);
                });
    }

    /** @param known true: the user need not have an account */
    private static HttpAnswer answer(
            UserId user, boolean enable, boolean known, Outcome outcome, AccountAnswer account) {
        if (outcome == Outcome.DONE && account instanceof AccountAnswer.Refused refused && !known) {
            return HttpAnswer.refused(Refusal.NOT_FOUND, refused.reason() + ", and the user is not disabled");
        }
        boolean accountDone = account instanceof AccountAnswer.Done || account instanceof AccountAnswer.Refused;
        return Changes.answer(
                accountDone || outcome != Outcome.DONE ? outcome : Outcome.FAILED,
                AdminJson.object().put("user", user.value()).put("enabled", enable));
    }
}
