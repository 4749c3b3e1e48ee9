package dev.waggle.broker.conformance.device;

/**
 * How a PUBLISH was answered.
 *
 * @param code the reason code
 * @param reason the reason string; empty if there was none
 * @param seq the user property {@code seq}; 0 if there was none
 */
public record Answer(int code, String reason, long seq) {

    /** @throws SentenceBroken if it is a refusal or has no seq */
    public long stored() throws SentenceBroken {
        if (code != 0 || seq < 1) {
            throw new SentenceBroken("a message was answered " + this + ", not 0x00 with a seq");
        }
        return seq;
    }

    @Override
    public String toString() {
        return "0x%02X".formatted(code)
                + (reason.isEmpty() ? "" : " '" + reason + "'")
                + (seq == 0 ? "" : " seq " + seq);
    }
}
