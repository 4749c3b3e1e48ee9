package dev.waggle.broker.moderation;

import dev.waggle.spec.message.Command;
import java.util.function.Consumer;

/** Somebody outside who is asked about messages. Any thread; never waits. */
@FunctionalInterface
public interface Judge {
    /** Nobody is asked. */
    Judge NOBODY = (command, then) -> then.accept(Finding.NOTHING);

    /**
     * @param then is told exactly once, on any thread, perhaps before this returns; must not be held
     */
    void ask(Command.OfConversation command, Consumer<Finding> then);
}
