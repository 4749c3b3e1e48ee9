package dev.waggle.spec.call;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.SendKey;
import org.jspecify.annotations.Nullable;

/**
 * One message of {@code POST /v1/messages}. Well-formed; whether it is allowed is not yet said.
 *
 * @param key idempotency key, or null
 * @param properties what MQTT 5 properties would have said
 */
public record MessageRequest(ConversationName to, @Nullable SendKey key, Bytes body, MessageProperties properties) {}
