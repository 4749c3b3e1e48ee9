package dev.waggle.broker.refusals;

import dev.waggle.spec.UserId;
import org.jspecify.annotations.Nullable;

/**
 * One refusal.
 *
 * @param at Unix milliseconds
 * @param user who asked, or, before that was proved, whom the client id names; null if it names nobody
 * @param clientId MQTT client id, or empty if it has no legal form or there was none
 * @param address where it came from
 * @param code MQTT 5 reason code or HTTP status
 * @param reason as the client was told it, where it could be told
 */
public record Refused(
        long at, What what, @Nullable UserId user, String clientId, String address, int code, String reason) {

    /** What was asked for. */
    public enum What {
        /** A CONNECT. */
        CONNECT,
        /** A connection that was in has been ended. */
        CONNECTION,
        PUBLISH,
        SUBSCRIBE,
        /** An HTTP request. */
        REQUEST
    }
}
