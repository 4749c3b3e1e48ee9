package dev.waggle.broker.http.admin;

import dev.waggle.auth.Identity;
import dev.waggle.broker.http.HttpAnswer;
import dev.waggle.broker.http.HttpRequest;
import java.util.function.Consumer;

/** One thing that administrators, or moderators too, may ask under {@code /admin/v1/}. Must not block. */
public interface AdminPath {
    /** What all of them begin with. */
    String ROOT = "/admin/v1/";

    /** True if a moderator may ask it too. */
    default boolean isForModerators() {
        return false;
    }

    /**
     * @param by whose token is good and has the role that the path asks for
     * @param answer to be given exactly once if the path is this one's; any thread
     * @return false if the path is another's
     */
    boolean handle(Identity by, HttpRequest request, Consumer<HttpAnswer> answer);
}
