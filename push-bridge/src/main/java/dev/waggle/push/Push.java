package dev.waggle.push;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One push to one device, as it leaves. What it may say was decided before: a provider puts in all that is here and
 * nothing else.
 *
 * @param id the same for every try, so that who gets it twice can tell
 * @param kind what it is about
 * @param thread what it replaces on the device and is shown together with; tells nothing about the conversation unless
 *     that may be told
 * @param conversation name of the conversation as in topics, or null if it may not be told, or there is none
 * @param seq of the newest message it stands for, or 0
 * @param count messages it stands for, 0 for {@link Kind#UPDATE}
 * @param alert what is shown, or null for {@link Kind#UPDATE}
 * @param sealed the content for the app's own key, or null
 * @param image https, shown with it, or null
 * @param badge the number on the app, or null: leave it as it is
 * @param dismiss threads of which nothing is to be shown any more
 * @param expiresAt after it the push is of no use, Unix milliseconds
 */
public record Push(
        UUID id,
        UserId user,
        DeviceId device,
        Kind kind,
        String thread,
        @Nullable String conversation,
        long seq,
        int count,
        @Nullable Alert alert,
        @Nullable Bytes sealed,
        @Nullable URI image,
        @Nullable Integer badge,
        List<String> dismiss,
        long expiresAt) {

    /** What a push is about. */
    public enum Kind {
        /** Messages. */
        MESSAGE("message"),
        /** Messages, one of which names the user. */
        MENTION("mention"),
        /** The user was invited, or added to a group. */
        INVITATION("invitation"),
        /** Somebody calls, now. */
        CALL("call"),
        /** Nothing to be shown: another number on the app, notifications to be taken away. */
        UPDATE("update");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        /** As it stands in what is sent. */
        public String code() {
            return code;
        }

        /** True if a person is to see it at once. */
        public boolean isShown() {
            return this != UPDATE;
        }
    }

    public Push {
        dismiss = List.copyOf(dismiss);
    }

    @Override
    public String toString() {
        return kind.code() + " push " + id;
    }
}
