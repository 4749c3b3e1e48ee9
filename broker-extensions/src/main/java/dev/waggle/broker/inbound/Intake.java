package dev.waggle.broker.inbound;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.UserId;
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

    /** A message. */
    record Send(ConversationName conversation, @Nullable String id, Command.SendMessage command) implements Intake {}

    /** A request, and where its answer goes. */
    record Call(
            String method,
            @Nullable SendKey key,
            Bytes request,
            @Nullable String contentType,
            String replyTopic) implements Intake {}

    /** An ephemeral to a user. */
    record Now(UserId peer, Bytes payload, MessageProperties properties) implements Intake {}
}
