package dev.waggle.broker.moderation;

import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * A message, an edit or the texts of a group, looked at.
 *
 * @param command what the store is to do, if it is not refused
 */
public record Screened(Command.OfConversation command, Finding finding) {
    /** MQTT 5 reason: another rule says no (PROTOCOL §3). */
    private static final int IMPLEMENTATION_SPECIFIC = 0x83;

    /** It does not say what was found: who may try again and again would learn the list. */
    private static final Rejection REFUSED = new Rejection(
            Refusal.NOT_ALLOWED, IMPLEMENTATION_SPECIFIC, "this server does not take messages or names like this one");

    /** With what the verdict makes of the command. */
    static Screened of(Command.OfConversation command, Finding finding) {
        return new Screened(finding.verdict() == Verdict.SHADOW ? shadowed(command) : command, finding);
    }

    private static Command.OfConversation shadowed(Command.OfConversation command) {
        if (command instanceof Command.SendMessage sent) {
            return new Command.SendMessage(
                    sent.actor(),
                    sent.conversation(),
                    sent.key(),
                    sent.body(),
                    sent.properties(),
                    sent.qos2PacketId(),
                    true,
                    sent.now());
        }
        return command instanceof Command.EditMessage edit
                ? new Command.EditMessage(
                        edit.actor(), edit.conversation(), edit.seq(), edit.body(), true, edit.key(), edit.now())
                : command;
    }

    /** Why it is not stored, or null. */
    public @Nullable Rejection rejection() {
        return finding.verdict() == Verdict.REFUSE ? REFUSED : null;
    }
}
