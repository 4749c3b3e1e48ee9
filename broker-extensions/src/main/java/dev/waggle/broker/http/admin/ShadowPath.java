package dev.waggle.broker.http.admin;

import dev.waggle.auth.Identity;
import dev.waggle.broker.http.HttpAnswer;
import dev.waggle.broker.http.HttpRequest;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.SettingsChange;
import dev.waggle.store.ChatStore;
import dev.waggle.store.Outcome;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /admin/v1/users/{user}/shadow} and {@code …/unshadow}: what the user sends from then on, it alone sees, and
 * is not told so.
 */
public final class ShadowPath implements AdminPath {
    private static final Logger LOG = LoggerFactory.getLogger(ShadowPath.class);
    private static final String USERS = ROOT + "users/";
    private static final String ON = "/shadow";
    private static final String OFF = "/unshadow";

    private final ChatStore store;
    private final InstantSource clock;

    public ShadowPath(ChatStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public boolean handle(Identity by, HttpRequest request, Consumer<HttpAnswer> answer) {
        String path = request.path();
        boolean on = path.endsWith(ON);
        int end = path.length() - (on ? ON : OFF).length();
        if (!path.startsWith(USERS) || !on && !path.endsWith(OFF) || end < USERS.length()) {
            return false;
        }
        if (!request.method().equals("POST")) {
            answer.accept(HttpAnswer.methodNotAllowed("POST"));
            return true;
        }
        return UserId.parse(path.substring(USERS.length(), end))
                .fold(
                        user -> {
                            change(by, user, on, answer);
                            return true;
                        },
                        reason -> {
                            answer.accept(HttpAnswer.refused(Refusal.BAD_REQUEST, reason));
                            return true;
                        });
    }

    private void change(Identity by, UserId user, boolean on, Consumer<HttpAnswer> answer) {
        Command command = new Command.ChangeSettings(user, SettingsChange.shadow(on), clock.millis());
        boolean taken = store.submit(answer, command, outcome -> {
            boolean done = outcome instanceof Outcome.Accepted;
            LOG.info("{} {} {}: {}", by.user(), on ? "shadowed" : "unshadowed", user, done ? "done" : "failed");
            answer.accept(
                    done
                            ? AdminJson.answer(
                                    AdminJson.object().put("user", user.value()).put("shadowed", on))
                            : HttpAnswer.refused(Refusal.UNAVAILABLE, "it may or may not be stored; try again"));
        });
        if (!taken) {
            answer.accept(HttpAnswer.refused(Refusal.UNAVAILABLE, "the server is busy; nothing changed, try again"));
        }
    }
}
