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
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /admin/v1/users/{user}/shadow} and {@code …/unshadow}: what the user sends from then on, it alone sees, and
 * is not told so.
 */
public final class ShadowPath implements AdminPath {
    private static final Logger LOG = LoggerFactory.getLogger(ShadowPath.class);

    private final ChatStore store;
    private final InstantSource clock;

    public ShadowPath(ChatStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public boolean handle(Identity by, HttpRequest request, Consumer<HttpAnswer> answer) {
        return UserActions.handle(
                request,
                Map.of(
                        "shadow", user -> change(by, user, true, answer),
                        "unshadow", user -> change(by, user, false, answer)),
                answer);
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
