package dev.waggle.spec;

import org.jspecify.annotations.Nullable;

/**
 * Who a message is from, {@code {from}} in topics: a user, or {@code user~agent} when a service account acted for the
 * user.
 *
 * @param user for whom it was sent
 * @param agent the service account that sent it, or null if the user did
 */
public record Author(UserId user, @Nullable UserId agent) {

    public static Author of(UserId user) {
        return new Author(user, null);
    }

    public String text() {
        return agent == null ? user.value() : user.value() + "~" + agent.value();
    }

    /** Reads {@code user} or {@code user~agent}; never throws. */
    public static Parsed<Author> parse(String text) {
        int tilde = text.indexOf('~');
        if (tilde < 0) {
            return UserId.parse(text).then(user -> Parsed.ok(of(user)));
        }
        return UserId.parse(text.substring(0, tilde))
                .then(user ->
                        UserId.parse(text.substring(tilde + 1)).then(agent -> Parsed.ok(new Author(user, agent))));
    }

    @Override
    public String toString() {
        return text();
    }
}
