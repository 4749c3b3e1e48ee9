package dev.waggle.spec.message;

import org.jspecify.annotations.Nullable;

/**
 * A change of {@link GroupSettings}: null leaves a setting as it is, an empty text takes it away. Lengths were checked
 * before, by who read it.
 */
public record GroupPatch(
        @Nullable String name,
        @Nullable String topic,
        @Nullable String picture,
        @Nullable JoinPolicy join,
        @Nullable HistoryPolicy history) {
    public static final GroupPatch NONE = new GroupPatch(null, null, null, null, null);

    /** A name and nothing else. */
    public static GroupPatch named(@Nullable String name) {
        return name == null ? NONE : new GroupPatch(name, null, null, null, null);
    }

    public boolean isEmpty() {
        return equals(NONE);
    }

    /** True if it says how the group is shown to people. */
    public boolean describes() {
        return name != null || topic != null || picture != null;
    }

    /** True if it says who comes in and what they see. */
    public boolean admits() {
        return join != null || history != null;
    }
}
