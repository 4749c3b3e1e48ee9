package dev.waggle.spec.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a group is to people, and how it takes them.
 *
 * @param name 1…128 characters, or null
 * @param topic what it is about, 1…512 characters, or null
 * @param picture an address or anything else that clients understand, 1…512 bytes, or null
 */
public record GroupSettings(
        @Nullable String name,
        @Nullable String topic,
        @Nullable String picture,
        JoinPolicy join,
        HistoryPolicy history) {

    /** Longest name, in characters. */
    public static final int MAX_NAME = 128;

    /** Longest topic, in characters: with four bytes each it still fits into the announced packet many times. */
    public static final int MAX_TOPIC = 512;

    /** Longest picture, in bytes: room for an address, none for the picture itself. */
    public static final int MAX_PICTURE = 512;

    /** Of a group of which nothing was said. */
    public static final GroupSettings USUAL =
            new GroupSettings(null, null, null, JoinPolicy.INVITE, HistoryPolicy.JOINING);

    /** The settings after a change. */
    public GroupSettings with(GroupPatch patch) {
        return new GroupSettings(
                text(name, patch.name()),
                text(topic, patch.topic()),
                text(picture, patch.picture()),
                patch.join() == null ? join : patch.join(),
                patch.history() == null ? history : patch.history());
    }

    /** As much of the change as is none yet. */
    public GroupPatch unlike(GroupPatch patch) {
        GroupSettings next = with(patch);
        return new GroupPatch(
                Objects.equals(name, next.name) ? null : patch.name(),
                Objects.equals(topic, next.topic) ? null : patch.topic(),
                Objects.equals(picture, next.picture) ? null : patch.picture(),
                join == next.join ? null : next.join,
                history == next.history ? null : next.history);
    }

    private static @Nullable String text(@Nullable String before, @Nullable String change) {
        if (change == null) {
            return before;
        }
        return change.isEmpty() ? null : change;
    }
}
