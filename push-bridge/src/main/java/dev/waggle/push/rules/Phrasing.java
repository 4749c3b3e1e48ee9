package dev.waggle.push.rules;

import dev.waggle.push.Alert;
import dev.waggle.push.Push;
import dev.waggle.push.registration.Privacy;
import dev.waggle.push.registration.Registration;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.UserId;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts into words what is pushed. Any thread may call it. */
public interface Phrasing {

    /**
     * What one push says.
     *
     * @param entries of one conversation, ascending, at least one
     * @param total messages that the device shows of it afterwards: those of this push, and those before that it replaces
     */
    Said say(UserId user, Registration registration, Privacy privacy, Push.Kind kind, List<Waiting> entries, int total);

    /** What a push about this conversation replaces on the device. */
    String thread(UserId user, Privacy privacy, ConversationName conversation);

    /**
     * The parts of a {@link Push} that depend on what may be told.
     *
     * @param conversation its name, or null if it may not be told
     * @param sealed the content for the app's own key, or null
     * @param image https, or null
     */
    record Said(
            String thread,
            @Nullable String conversation,
            Alert alert,
            @Nullable Bytes sealed,
            @Nullable URI image) {
        @Override
        public String toString() {
            return "what is said in " + thread;
        }
    }
}
