package dev.waggle.push.rules;

/** Why something was decided. The codes stand in metrics and in answers to people who ask. */
public enum Reason {
    // To send.
    FIRST("first", "the first message of the conversation for a while"),
    MORE("more", "more messages of a conversation, gathered since its last push"),
    RING("ring", "a call, which cannot wait"),
    READ_ELSEWHERE("read-elsewhere", "the user has read on another device what this one shows"),

    // To wait.
    UNACKNOWLEDGED("unacknowledged", "the device is connected and may still acknowledge"),
    GRACE("grace", "the device has just gone and may come back"),
    ACTIVE_ELSEWHERE("active-elsewhere", "the user is active on another device"),
    WINDOW("window", "the conversation was pushed just now; more is gathered"),
    BUDGET("budget", "the device got as many pushes as it may for now"),
    GATHERING("gathering", "more may be read in a moment"),
    BACKGROUND("background", "the device got as many silent pushes as it may for now"),

    // To wait or to leave out, as the user has set.
    QUIET_HOURS("quiet-hours", "it is in the user's quiet hours"),
    DO_NOT_DISTURB("do-not-disturb", "the user does not want to be disturbed"),

    // To leave out.
    ACKNOWLEDGED("acknowledged", "the device has acknowledged it"),
    AWAKE("awake", "the device is connected and is told there"),
    READ("read", "the user has read it"),
    OWN("own", "the user caused it"),
    MUTED("muted", "the user has muted the conversation"),
    LEVEL("level", "the user wants to be told less of the conversation"),
    UNWISHED("unwished", "the sender wants no push"),
    EXPIRED("expired", "it is too old for a push"),
    PUSHED("pushed", "it was dealt with before"),
    CROWDED("crowded", "more is held than is looked at; a newer one of the conversation stands for it"),
    FORGOTTEN("forgotten", "the device has not registered for too long"),
    NOT_SILENT("not-silent", "the way to this device knows no silent pushes"),
    UNCHANGED("unchanged", "the device shows what is so");

    private final String code;
    private final String meaning;

    Reason(String code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** As it stands in metrics. */
    public String code() {
        return code;
    }

    /** For people who ask why. */
    public String meaning() {
        return meaning;
    }
}
