package dev.waggle.spec;

/**
 * A person or a thing that has an inbox. Case-sensitive, {@code [A-Za-z0-9_-]{1,64}}.
 *
 * @param value the id as it stands in topics
 */
public record UserId(String value) implements Comparable<UserId> {
    public static final int MAX_LENGTH = 64;

    public UserId {
        Ids.require(value, MAX_LENGTH, "user id");
    }

    /** Reads an id from untrusted text; never throws. */
    public static Parsed<UserId> parse(String text) {
        return Ids.isValid(text, MAX_LENGTH)
                ? Parsed.ok(new UserId(text))
                : Parsed.bad("user id must match [A-Za-z0-9_-]{1," + MAX_LENGTH + "}");
    }

    @Override
    public int compareTo(UserId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
