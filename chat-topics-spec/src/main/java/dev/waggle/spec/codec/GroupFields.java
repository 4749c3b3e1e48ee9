package dev.waggle.spec.codec;

import dev.waggle.spec.Parsed;
import dev.waggle.spec.message.GroupPatch;
import dev.waggle.spec.message.GroupSettings;
import dev.waggle.spec.message.HistoryPolicy;
import dev.waggle.spec.message.JoinPolicy;
import dev.waggle.spec.message.MemberRole;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the fields of groups: settings, as requests give them and as events tell them, and roles. */
final class GroupFields {
    private GroupFields() {}

    /**
     * The settings that a request gives.
     *
     * @param mayClear an empty text takes a setting away
     */
    static GroupPatch given(Fields in, boolean mayClear) {
        return new GroupPatch(
                in.parsed("name", text -> text("name", text, mayClear, GroupSettings.MAX_NAME)),
                in.parsed("topic", text -> text("topic", text, mayClear, GroupSettings.MAX_TOPIC)),
                in.parsed("picture", text -> picture(text, mayClear)),
                in.parsed("join", text -> one("join", text, JoinPolicy::of, JoinPolicy.values(), JoinPolicy::code)),
                in.parsed(
                        "history",
                        text -> one("history", text, HistoryPolicy::of, HistoryPolicy.values(), HistoryPolicy::code)));
    }

    /** The settings that an event tells; a policy of a later version is none. */
    static GroupPatch told(Fields in, @Nullable String name) {
        String join = in.text("join");
        String history = in.text("history");
        return new GroupPatch(
                name,
                in.text("topic"),
                in.text("picture"),
                join == null ? null : JoinPolicy.of(join).orElse(null),
                history == null ? null : HistoryPolicy.of(history).orElse(null));
    }

    static @Nullable MemberRole role(Fields in) {
        return in.parsed("role", text -> one("role", text, MemberRole::of, MemberRole.values(), MemberRole::code));
    }

    private static Parsed<String> text(String what, String text, boolean mayClear, int most) {
        int length = text.codePointCount(0, text.length());
        if (length > most || length == 0 && !mayClear) {
            return Parsed.bad("a group's " + what + " has 1…" + most + " characters");
        }
        return clean(what, text);
    }

    private static Parsed<String> picture(String text, boolean mayClear) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > GroupSettings.MAX_PICTURE || bytes == 0 && !mayClear) {
            return Parsed.bad("a group's picture has 1…" + GroupSettings.MAX_PICTURE
                    + " bytes: give an address, not the picture itself");
        }
        return clean("picture", text);
    }

    private static Parsed<String> clean(String what, String text) {
        if (!JsonObjects.wellFormed(text).equals(text) || text.chars().anyMatch(Character::isISOControl)) {
            return Parsed.bad("a group's " + what + " has no control characters and no lone surrogates");
        }
        return Parsed.ok(text);
    }

    private static <E> Parsed<E> one(
            String what, String text, Function<String, Optional<E>> reader, E[] all, Function<E, String> code) {
        return reader.apply(text)
                .map(Parsed::ok)
                .orElseGet(() -> Parsed.bad(
                        what + " is one of " + Arrays.stream(all).map(code).collect(Collectors.joining(", "))));
    }
}
