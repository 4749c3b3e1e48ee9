package dev.waggle.push.text;

import dev.waggle.push.Alert;
import dev.waggle.push.Push;
import dev.waggle.push.registration.Privacy;
import dev.waggle.push.registration.Registration;
import dev.waggle.push.rules.Phrasing;
import dev.waggle.push.rules.Waiting;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.UserId;
import java.util.List;

/** Says what may be told (F7), in the person's language (F9). */
public final class Wording implements Phrasing {
    private final Bytes threadKey;
    private final Sealer sealer;

    /**
     * @param threadKey 32 bytes that nobody else knows, the same for ever: what hides conversations behind threads
     * @param sealer for {@link Privacy#SEALED}
     */
    public Wording(Bytes threadKey, Sealer sealer) {
        this.threadKey = threadKey;
        this.sealer = sealer;
    }

    @Override
    public Said say(
            UserId user, Registration registration, Privacy privacy, Push.Kind kind, List<Waiting> entries, int total) {
        return new Said(
                thread(user, privacy, entries.get(0).conversation()), null, Alert.of(null, "New message"), null, null);
    }

    @Override
    public String thread(UserId user, Privacy privacy, ConversationName conversation) {
        return "";
    }
}
