package dev.waggle.spec.message;

/**
 * A request that was not carried out. Nothing was stored, except that after {@link Refusal#FAILED} it may have been.
 *
 * @param refusal the code
 * @param mqttReason MQTT 5 reason code for PUBACK/PUBREC: 0x80, 0x83, 0x87, 0x90, 0x97 or 0x99
 * @param message what was wrong, where, and what is allowed; no secrets, no bodies
 */
public record Rejection(Refusal refusal, int mqttReason, String message) {

    /** Inside {@code u/{me}/} but not in the contract, or retained (0x90). */
    public static final int TOPIC_NAME_INVALID = 0x90;
    /** The payload does not parse (0x99). */
    public static final int PAYLOAD_FORMAT_INVALID = 0x99;

    public static Rejection of(Refusal refusal, String message) {
        return new Rejection(refusal, refusal.mqttReason(), message);
    }

    public static Rejection badTopic(String message) {
        return new Rejection(Refusal.BAD_REQUEST, TOPIC_NAME_INVALID, message);
    }

    public static Rejection badPayload(String message) {
        return new Rejection(Refusal.BAD_REQUEST, PAYLOAD_FORMAT_INVALID, message);
    }
}
