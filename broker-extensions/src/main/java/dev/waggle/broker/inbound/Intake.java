package dev.waggle.broker.inbound;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.message.Activity;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.Rejection;
import dev.waggle.spec.message.SendKey;
import org.jspecify.annotations.Nullable;

/** What a PUBLISH asks for. */
sealed interface Intake {

    /** An ordinary topic, allowed: the host's business. */
    record ToHost() implements Intake {}

    /**
     * Not carried out.
     *
     * @param conversation where {@code sent} reports it, or null if the topic names none
     * @param id the last topic level of an {@code out}, or null
     */
    record Refused(
            Rejection rejection,
            @Nullable ConversationName conversation,
            @Nullable String id) implements Intake {}

    /** Something that the store decides. */
    sealed interface ForStore extends Intake {
        ConversationName conversation();

        /** The last topic level of an {@code out}, or null. */
        @Nullable
        String id();

        Command command();

        /** True if the same command once more leads to the same state and answer. */
        boolean mayRepeat();
    }

    /** A message. */
    record Send(ConversationName conversation, @Nullable String id, Command.SendMessage command) implements ForStore {
        @Override
        public boolean mayRepeat() {
            return command.key() != null || command.qos2PacketId() != null;
        }
    }

    /** How far the user has read. */
    record Read(ConversationName conversation, Command.MarkRead command) implements ForStore {
        @Override
        public @Nullable String id() {
            return null;
        }

        @Override
        public boolean mayRepeat() {
            return true;
        }
    }

    /** A request, and where its answer goes. */
    record Call(
            String method,
            @Nullable SendKey key,
            Bytes request,
            @Nullable String contentType,
            String replyTopic) implements Intake {}

    /** An ephemeral to everybody in a conversation. */
    record Now(ConversationName conversation, Bytes payload, MessageProperties properties) implements Intake {}

    /** What this device is doing. */
    record State(Activity activity) implements Intake {}
}
