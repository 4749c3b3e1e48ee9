package dev.waggle.auth.hivemq;

import com.hivemq.extension.sdk.api.packets.general.DisconnectedReasonCode;
import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;

/** MQTT 5 reason codes as the host names them; what is not in the table is 'not authorized', never success. */
final class ReasonCodes {
    private ReasonCodes() {}

    /** For CONNACK (§3.2.2.2). */
    static DisconnectedReasonCode connack(int code) {
        return switch (code) {
            case 0x80 -> DisconnectedReasonCode.UNSPECIFIED_ERROR;
            case 0x84 -> DisconnectedReasonCode.UNSUPPORTED_PROTOCOL_VERSION;
            case 0x85 -> DisconnectedReasonCode.CLIENT_IDENTIFIER_NOT_VALID;
            case 0x88 -> DisconnectedReasonCode.SERVER_UNAVAILABLE;
            case 0x89 -> DisconnectedReasonCode.SERVER_BUSY;
            case 0x8A -> DisconnectedReasonCode.BANNED;
            case 0x8C -> DisconnectedReasonCode.BAD_AUTHENTICATION_METHOD;
            case 0x90 -> DisconnectedReasonCode.TOPIC_NAME_INVALID;
            case 0x97 -> DisconnectedReasonCode.QUOTA_EXCEEDED;
            default -> DisconnectedReasonCode.NOT_AUTHORIZED;
        };
    }

    /** For DISCONNECT after a re-authentication (§3.14.2.1), which knows fewer. */
    static DisconnectedReasonCode disconnect(int code) {
        return switch (code) {
            case 0x80 -> DisconnectedReasonCode.UNSPECIFIED_ERROR;
            // The keys cannot be had: DISCONNECT has no 'server unavailable'.
            case 0x88, 0x89 -> DisconnectedReasonCode.SERVER_BUSY;
            case 0x97 -> DisconnectedReasonCode.QUOTA_EXCEEDED;
            default -> DisconnectedReasonCode.NOT_AUTHORIZED;
        };
    }

    /** For PUBACK and PUBREC (§3.4.2.1), and for CONNACK when it is about the will. */
    static AckReasonCode puback(int code) {
        return code == 0x90 ? AckReasonCode.TOPIC_NAME_INVALID : AckReasonCode.NOT_AUTHORIZED;
    }
}
