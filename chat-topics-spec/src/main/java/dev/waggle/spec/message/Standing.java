package dev.waggle.spec.message;

import dev.waggle.spec.UserId;
import java.util.List;

/**
 * What becomes of users in a group besides coming and going; a part of a {@code member} event.
 *
 * @param kind what
 * @param users of whom, in order of their ids; empty for {@link Kind#DISSOLVED}
 * @param until of {@link Kind#MUTED}: Unix milliseconds; else 0
 */
public record Standing(Kind kind, List<UserId> users, long until) {
    public Standing {
        users = List.copyOf(users);
    }

    public static Standing of(Kind kind, List<UserId> users) {
        return new Standing(kind, users, 0);
    }

    /** What becomes of a user. */
    public enum Kind {
        /** May join. */
        INVITED("invited"),
        /** Would rather not: took the own request back, or said no to the invitation. */
        DECLINED("declined"),
        /** Asks to come in. */
        REQUESTED("requested"),
        /** The request was turned down, or the invitation taken back. */
        REFUSED("refused"),
        /** May not come in, and is no member any more. */
        BANNED("banned"),
        /** May come in again. */
        UNBANNED("unbanned"),
        /** May not send until a time. */
        MUTED("muted"),
        /** May send again. */
        UNMUTED("unmuted"),
        /** The group is no more: nobody is a member. */
        DISSOLVED("dissolved");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        /** As it stands in JSON. */
        public String code() {
            return code;
        }
    }
}
