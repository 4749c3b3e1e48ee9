package dev.waggle.spec;

/**
 * One installation of an app, or one thing; unique within its user. Case-sensitive, {@code [A-Za-z0-9_-]{1,32}}.
 *
 * @param value the id as it stands in topics
 */
public record DeviceId(String value) implements Comparable<DeviceId> {
    public static final int MAX_LENGTH = 32;

    public DeviceId {
        Ids.require(value, MAX_LENGTH, "device id");
    }

    /** Reads an id from untrusted text; never throws. */
    public static Parsed<DeviceId> parse(String text) {
        return Ids.isValid(text, MAX_LENGTH)
                ? Parsed.ok(new DeviceId(text))
                : Parsed.bad("device id must match [A-Za-z0-9_-]{1," + MAX_LENGTH + "}");
    }

    @Override
    public int compareTo(DeviceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
