package dev.waggle.spec.message;

/**
 * Why a request was not carried out: the codes of PROTOCOL §5 with the HTTP status and the MQTT 5 reason code that say
 * the same (MQTT 5 §3.4.2.1).
 */
public enum Refusal {
    UNAUTHORIZED("unauthorized", 401, 0x87),
    NOT_MEMBER("not-member", 403, 0x87),
    NOT_ALLOWED("not-allowed", 403, 0x87),
    BLOCKED("blocked", 403, 0x87),
    NOT_FOUND("not-found", 404, 0x83),
    EXISTS("exists", 409, 0x83),
    ID_REUSED("id-reused", 409, 0x83),
    BAD_REQUEST("bad-request", 400, 0x83),
    TOO_LARGE("too-large", 413, 0x97),
    RATE_LIMITED("rate-limited", 429, 0x97),
    QUOTA("quota", 429, 0x97),
    UNAVAILABLE("unavailable", 503, 0x80),
    FAILED("failed", 500, 0x80);

    private final String code;
    private final int httpStatus;
    private final int mqttReason;

    Refusal(String code, int httpStatus, int mqttReason) {
        this.code = code;
        this.httpStatus = httpStatus;
        this.mqttReason = mqttReason;
    }

    /** As it stands in JSON. */
    public String code() {
        return code;
    }

    public int httpStatus() {
        return httpStatus;
    }

    /** The usual MQTT 5 reason code; a {@link Rejection} may carry a closer one. */
    public int mqttReason() {
        return mqttReason;
    }

    /** True if the same request may succeed later: a 3.1.1 client then gets no acknowledgement (PROTOCOL §3). */
    public boolean repeatMayHelp() {
        return this == UNAVAILABLE || this == FAILED || this == RATE_LIMITED;
    }
}
