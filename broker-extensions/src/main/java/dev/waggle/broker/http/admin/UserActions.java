package dev.waggle.broker.http.admin;

import dev.waggle.broker.http.HttpAnswer;
import dev.waggle.broker.http.HttpRequest;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Refusal;
import java.util.Map;
import java.util.function.Consumer;

/** {@code POST /admin/v1/users/{user}/{action}}: finds out which action, on whom. */
final class UserActions {
    private static final String USERS = AdminPath.ROOT + "users/";

    private UserActions() {}

    /**
     * @param actions by their last part of the path
     * @return false if it is none of them
     */
    static boolean handle(HttpRequest request, Map<String, Consumer<UserId>> actions, Consumer<HttpAnswer> answer) {
        String path = request.path();
        int end = path.lastIndexOf('/');
        Consumer<UserId> action = actions.get(path.substring(end + 1));
        if (action == null || !path.startsWith(USERS) || end < USERS.length()) {
            return false;
        }
        if (!request.method().equals("POST")) {
            answer.accept(HttpAnswer.methodNotAllowed("POST"));
            return true;
        }
        return UserId.parse(path.substring(USERS.length(), end))
                .fold(
                        user -> {
                            action.accept(user);
                            return true;
                        },
                        reason -> {
                            answer.accept(HttpAnswer.refused(Refusal.BAD_REQUEST, reason));
                            return true;
                        });
    }
}
