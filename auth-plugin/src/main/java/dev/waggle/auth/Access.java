package dev.waggle.auth;

/** May they: the answer of the access rule. */
public sealed interface Access {

    record Allowed() implements Access {}

    /**
     * @param reasonCode MQTT 5 reason code for PUBACK or SUBACK, 0x87 mostly
     * @param reason readable
     */
    record Refused(int reasonCode, String reason) implements Access {}

    Access ALLOWED = new Allowed();

    default boolean allowed() {
        return this instanceof Allowed;
    }
}
