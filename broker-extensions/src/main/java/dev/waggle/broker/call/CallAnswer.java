package dev.waggle.broker.call;

import dev.waggle.spec.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a call, a result or an error.
 *
 * @param json the payload of the reply: JSON, or CBOR if the request was CBOR and the method speaks it
 * @param contentType MQTT 5 Content Type of the reply, or null for JSON
 * @param httpStatus the same answer over HTTP: 200, or the status of the refusal
 */
public record CallAnswer(Bytes json, @Nullable String contentType, int httpStatus) {}
