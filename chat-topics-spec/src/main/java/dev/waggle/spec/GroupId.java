package dev.waggle.spec;

/**
 * A group conversation. Case-sensitive, {@code [A-Za-z0-9_-]{1,64}}.
 *
 * @param value the id as it stands in topics
 */
public record GroupId(String value) implements Comparable<GroupId> {
    public static final int MAX_LENGTH = 64;

    public GroupId {
        Ids.require(value, MAX_LENGTH, "group id");
    }

    /** Reads an id from untrusted text; never throws. */
    public static Parsed<GroupId> parse(String text) {
        return Ids.isValid(text, MAX_LENGTH)
                ? Parsed.ok(new GroupId(text))
                : Parsed.bad("group id must match [A-Za-z0-9_-]{1," + MAX_LENGTH + "}");
    }

    @Override
    public int compareTo(GroupId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
