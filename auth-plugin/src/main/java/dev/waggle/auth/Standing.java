package dev.waggle.auth;

/** Whether what a good token says still counts. */
public enum Standing {
    GOOD(0, "in good standing"),

    /** This token, or the tokens of its user or device from that time, were taken back. */
    REVOKED(0x87, "token revoked"),

    /** Nobody speaks for the user until it is enabled again. */
    DISABLED(0x98, "user disabled");

    private final int disconnectCode;
    private final String reason;

    Standing(int disconnectCode, String reason) {
        this.disconnectCode = disconnectCode;
        this.reason = reason;
    }

    /** What a live connection is ended with: MQTT 5 §3.14.2.1; 0 for {@link #GOOD}. */
    public int disconnectCode() {
        return disconnectCode;
    }

    /** Readable. */
    public String reason() {
        return reason;
    }

    /** For a new connection, a request, a renewal: CONNACK has one code for all of it (MQTT 5 §3.2.2.2). */
    public Verdict admit(Identity identity) {
        return this == GOOD ? new Verdict.Granted(identity) : Verdict.Denied.late(ConnectCheck.NOT_AUTHORIZED, reason);
    }
}
