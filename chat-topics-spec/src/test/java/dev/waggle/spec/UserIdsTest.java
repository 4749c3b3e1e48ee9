package dev.waggle.spec;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserIdsTest {
    private static final String ISSUER = "https://id.example";

    /** Expectations computed with another language's standard library. */
    @ParameterizedTest
    @CsvSource({
        "https://id.example, alice, xrbqnrmoivcjzc5mp7g2htjmwer",
        "https://id.example, auth0|5f7c8ec7c33c6c004bbafe82, xl7ihqqwasgzg2hsuvthcye6s5h",
        "local, \u00e9, xjib26twppmmrjmgxttveh4dge5",
    })
    void map_notRaw_isTheHash(String issuer, String subject, String expected) {
        assertThat(UserIds.map(issuer, subject, false).get().value()).isEqualTo(expected);
    }

    @Test
    void map_rawUserId_isItself() {
        assertThat(UserIds.map(ISSUER, "Alice_1-x", true).get().value()).isEqualTo("Alice_1-x");
        assertThat(UserIds.map(ISSUER, "x", true).get().value()).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "u/bob/#", "+", "a b", "\u0430lice", "al\0ice", "auth0|1", "a~b"})
    void map_rawButNoUserId_isMapped(String subject) {
        assertThat(UserIds.map(ISSUER, subject, true)).isEqualTo(UserIds.map(ISSUER, subject, false));
        assertThat(UserIds.isMapped(UserIds.map(ISSUER, subject, true).get().value()))
                .isTrue();
    }

    @Test
    void map_rawOfMappedForm_isMappedAgain() {
        String mapped =
                UserIds.map("https://other.example", "victim", false).get().value();
        assertThat(UserIds.map(ISSUER, mapped, true).get().value()).isNotEqualTo(mapped);
    }

    @Test
    void map_noSubject_isRefused() {
        assertThat(UserIds.map(ISSUER, "", true).isOk()).isFalse();
        assertThat(UserIds.map(ISSUER, "a".repeat(256), true).isOk()).isFalse();
        assertThat(UserIds.map(ISSUER, "\u00e9".repeat(128), false).isOk()).isFalse();
        assertThat(UserIds.map(ISSUER, "a\ud800", false).isOk()).isFalse();
        assertThat(UserIds.map("", "alice", false).isOk()).isFalse();
        assertThat(UserIds.map("a\0b", "alice", false).isOk()).isFalse();
        assertThat(UserIds.map(ISSUER, "a".repeat(255), true).isOk()).isTrue();
    }

    @Property
    void map_anything_isNoUserOfAnotherIssuer(@ForAll("subjects") String one, @ForAll("subjects") String other) {
        Parsed<UserId> raw = UserIds.map(ISSUER, one, true);
        Parsed<UserId> foreign = UserIds.map("https://other.example", other, false);
        Assume.that(raw.isOk() && foreign.isOk());
        assertThat(raw.get()).isNotEqualTo(foreign.get());
    }

    @Provide
    Arbitrary<String> subjects() {
        return Arbitraries.oneOf(Arbitraries.strings().ofMaxLength(300), Any.id(64), Any.hostile());
    }
}
