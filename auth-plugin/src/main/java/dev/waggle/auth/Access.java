package dev.waggle.auth;

/** May they: the answer of the access rule. */
public sealed interface Access {

    /** @param maxQos 0…2: the highest that may be granted to a subscription */
    record Allowed(int maxQos) implements Access {}

    /**
     * @param reasonCode MQTT 5 reason code for PUBACK or SUBACK, 0x87 mostly
     * @param reason readable
     */
    record Refused(int reasonCode, String reason) implements Access {}

    /** With any QoS. */
    Access ALLOWED = new Allowed(TopicGrant.EXACTLY_ONCE);

    default boolean allowed() {
        return this instanceof Allowed;
    }
}
