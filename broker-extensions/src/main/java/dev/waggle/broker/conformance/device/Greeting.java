package dev.waggle.broker.conformance.device;

import java.util.Map;

/**
 * How a CONNECT was answered.
 *
 * @param code the reason code of MQTT 5, or the return code of 3.1.1
 * @param reason the reason string; empty if there was none
 * @param user user properties
 * @param announced of the limits that the broker announced: {@code receiveMaximum}, {@code maximumPacketSize},
 *     {@code sessionExpiry}
 */
public record Greeting(
        int code, String reason, boolean sessionPresent, Map<String, String> user, Map<String, Long> announced) {

    static Greeting refused(int code, String reason) {
        return new Greeting(code, reason, false, Map.of(), Map.of());
    }

    @Override
    public String toString() {
        return "0x%02X".formatted(code) + (reason.isEmpty() ? "" : " '" + reason + "'");
    }
}
