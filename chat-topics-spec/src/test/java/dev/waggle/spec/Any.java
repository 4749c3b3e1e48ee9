package dev.waggle.spec;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.arbitraries.StringArbitrary;

/** Generators of the values of this module. */
public final class Any {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";

    /** What an attacker or a broken library would try as a part of a topic. */
    private static final List<String> HOSTILE = List.of(
            "",
            "/",
            "//",
            "+",
            "#",
            "$",
            "$share/g",
            "$SYS",
            "\0",
            "~",
            "a~b~c",
            " ",
            ".",
            "..",
            "%2F",
            "\n",
            "\u0001",
            "\ud800",
            "\udfff",
            "\ud83d\ude00",
            "\u0430lice",
            "\uff0f",
            "\u2215",
            "\uff5e",
            "\ufeff",
            "\u202e",
            "\u00e9",
            "-1",
            "+1",
            "01",
            "9223372036854775808",
            "99999999999999999999",
            "1e3",
            "\u0661",
            "U",
            "u",
            "bob",
            "alice",
            "in",
            "out",
            "d",
            "g",
            "D",
            "ev",
            "call",
            "state",
            "read",
            "now",
            "sent",
            "-");

    private Any() {}

    /** Ids of up to {@code max} characters; {@code u}, {@code d} and words of the grammar are ids too. */
    public static Arbitrary<String> id(int max) {
        return Arbitraries.frequencyOf(
                Tuple.of(8, chars(ALPHABET).ofMinLength(1).ofMaxLength(max)),
                Tuple.of(1, chars(ALPHABET).ofLength(max)),
                Tuple.of(1, Arbitraries.of("u", "d", "g", "in", "out", "-", "_", "0", "reply")));
    }

    public static Arbitrary<UserId> user() {
        return id(UserId.MAX_LENGTH).map(UserId::new);
    }

    public static Arbitrary<GroupId> group() {
        return id(GroupId.MAX_LENGTH).map(GroupId::new);
    }

    public static Arbitrary<DeviceId> device() {
        return id(DeviceId.MAX_LENGTH).map(DeviceId::new);
    }

    public static Arbitrary<Author> author() {
        return Combinators.combine(user(), user().injectNull(0.7)).as(Author::new);
    }

    public static Arbitrary<ConversationName> name() {
        return Arbitraries.oneOf(user().map(ConversationName.Peer::new), group().map(ConversationName.InGroup::new));
    }

    public static Arbitrary<ConversationId> conversation() {
        return Arbitraries.oneOf(
                Combinators.combine(user(), user()).as(ConversationId::direct),
                user().map(user -> ConversationId.direct(user, user)),
                group().map(ConversationId::group));
    }

    /** Zero and up, with the edges. */
    public static Arbitrary<Long> number() {
        return Arbitraries.longs().between(0, Long.MAX_VALUE);
    }

    public static Arbitrary<Long> seq() {
        return Arbitraries.longs().between(1, Long.MAX_VALUE);
    }

    public static Arbitrary<String> method() {
        return chars(ALPHABET + ".").ofMinLength(1).ofMaxLength(64);
    }

    /** Valid Unicode, no lone surrogates, no NUL. */
    public static Arbitrary<String> text(int max) {
        return Arbitraries.strings()
                .withChars(ALPHABET + " /+#$~\u00e9\u0430\uff0f\u4e2d")
                .ofMaxLength(max)
                .flatMap(some -> Arbitraries.of(some, some + "\ud83d\ude00"));
    }

    /** One hostile or harmless piece of a topic. */
    public static Arbitrary<String> hostile() {
        return Arbitraries.oneOf(Arbitraries.of(HOSTILE), Arbitraries.strings().ofMaxLength(6));
    }

    private static StringArbitrary chars(String alphabet) {
        return Arbitraries.strings().withChars(alphabet);
    }
}
