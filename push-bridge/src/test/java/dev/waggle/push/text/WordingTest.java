package dev.waggle.push.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.push.Address;
import dev.waggle.push.Push;
import dev.waggle.push.registration.Privacy;
import dev.waggle.push.registration.Registration;
import dev.waggle.push.registration.SealKey;
import dev.waggle.push.rules.Phrasing;
import dev.waggle.push.rules.Waiting;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.OwnSettings;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** F7, F9, F10. */
class WordingTest {
    private static final UserId ME = new UserId("me");
    private static final UserId BOB = new UserId("bob-the-sender");
    private static final ConversationName WITH_BOB = new ConversationName.Peer(BOB);
    private static final ConversationName TEAM =
            ConversationName.parse("g/team-of-secrets").get();
    private static final SealKey SEAL = new SealKey(Bytes.utf8("key"), Bytes.utf8("secret"));
    private final Wording wording = new Wording(Bytes.utf8("0123456789abcdef0123456789abcdef"), WordingTest::seal);

    @ParameterizedTest
    @CsvSource({
        "MESSAGE, 1, New message",
        "MESSAGE, 3, 3 new messages",
        "MENTION, 1, New mention",
        "MENTION, 3, 3 new messages with a mention",
        "INVITATION, 1, New invitation",
        "CALL, 1, Incoming call",
    })
    void none_tellsWhatItIsAndHowMany(Push.Kind kind, int total, String body) {
        Phrasing.Said said = say(Privacy.NONE, kind, total, entry(TEAM, "hello world", "Top secret"));

        assertThat(said.alert().title()).isNull();
        assertThat(said.alert().body()).isEqualTo(body);
        assertThat(said.conversation()).isNull();
        assertThat(said.sealed()).isNull();
        assertThat(said.image()).isNull();
    }

    @ParameterizedTest
    @EnumSource(Push.Kind.class)
    void none_containsNoByteOfTheTextTheSenderOrTheGroup(Push.Kind kind) {
        Waiting picture = entry(TEAM, "https://pictures.example/x.png", "Top secret", "image/png");
        for (Privacy privacy : List.of(Privacy.NONE, Privacy.SEALED)) {
            for (Waiting entry : List.of(entry(TEAM, "hello world", "Top secret"), picture)) {
                Phrasing.Said said = say(privacy, kind, 2, entry);
                String all = said.thread()
                        + said.conversation()
                        + said.alert().title()
                        + said.alert().body()
                        + said.alert().bodyKey()
                        + said.alert().bodyArguments()
                        + said.image();

                assertThat(all).doesNotContain("hello", "world", "bob", "team", "secret", "pictures.example", "x.png");
            }
        }
    }

    @Test
    void threads_areTheSameForAConversation_andOthersForOtherConversationsUsersAndKeys() {
        String thread = wording.thread(ME, Privacy.NONE, TEAM);

        assertThat(thread).matches("[A-Za-z0-9_-]{16}");
        assertThat(wording.thread(ME, Privacy.SEALED, TEAM)).isEqualTo(thread);
        assertThat(List.of(
                        wording.thread(ME, Privacy.NONE, WITH_BOB),
                        wording.thread(BOB, Privacy.NONE, TEAM),
                        new Wording(Bytes.utf8("another-key-another-key-another-"), WordingTest::seal)
                                .thread(ME, Privacy.NONE, TEAM)))
                .doesNotContain(thread)
                .doesNotHaveDuplicates();
        assertThat(wording.thread(ME, Privacy.SENDER, TEAM)).isEqualTo("g/team-of-secrets");
    }

    @Test
    void sender_tellsWhoOrWhichGroup_butNotWhat() {
        Phrasing.Said direct = say(Privacy.SENDER, Push.Kind.MESSAGE, 1, entry(WITH_BOB, "hello", null));
        assertThat(direct.alert().title()).isEqualTo("bob-the-sender");
        assertThat(direct.alert().body()).isEqualTo("New message");
        assertThat(direct.conversation()).isEqualTo("d/bob-the-sender");

        Phrasing.Said group = say(Privacy.SENDER, Push.Kind.MESSAGE, 1, entry(TEAM, "hello", "The Team"));
        assertThat(group.alert().title()).isEqualTo("The Team");
        assertThat(group.alert().body()).isEqualTo("New message from bob-the-sender");

        assertThat(say(Privacy.SENDER, Push.Kind.MESSAGE, 4, entry(TEAM, "hello", null))
                        .alert()
                        .title())
                .isEqualTo("team-of-secrets");
        assertThat(say(Privacy.SENDER, Push.Kind.MESSAGE, 4, entry(TEAM, "hello", null))
                        .alert()
                        .body())
                .isEqualTo("4 new messages");
        assertThat(say(Privacy.SENDER, Push.Kind.CALL, 4, entry(TEAM, "hello", null))
                        .alert()
                        .body())
                .isEqualTo("Call from bob-the-sender");
    }

    @Test
    void preview_tellsWhoAndWhat() {
        Phrasing.Said direct = say(Privacy.PREVIEW, Push.Kind.MESSAGE, 1, entry(WITH_BOB, "hello\nyou", null));
        assertThat(direct.alert().title()).isEqualTo("bob-the-sender");
        assertThat(direct.alert().body()).isEqualTo("hello you");

        Phrasing.Said group = say(Privacy.PREVIEW, Push.Kind.MENTION, 3, entry(TEAM, "hello", "The Team"));
        assertThat(group.alert().title()).isEqualTo("The Team (3)");
        assertThat(group.alert().body()).isEqualTo("bob-the-sender: hello");

        Phrasing.Said call = say(Privacy.PREVIEW, Push.Kind.CALL, 1, entry(TEAM, "signal", "The Team"));
        assertThat(call.alert().body()).isEqualTo("Call from bob-the-sender");
    }

    @Test
    void preview_ofALongText_isCut_andOfWhatIsNoText_tellsWho() {
        String body = say(Privacy.PREVIEW, Push.Kind.MESSAGE, 1, entry(WITH_BOB, "ab".repeat(500), null))
                .alert()
                .body();
        assertThat(body).hasSize(120).endsWith("…");

        Waiting json = entry(WITH_BOB, "{\"x\":1}", null, "application/json");
        assertThat(say(Privacy.PREVIEW, Push.Kind.MESSAGE, 1, json).alert().body())
                .isEqualTo("New message");
        Waiting bytes = entry(TEAM, null, null, null);
        assertThat(say(Privacy.PREVIEW, Push.Kind.MESSAGE, 1, bytes).alert().body())
                .isEqualTo("New message from bob-the-sender");
        Waiting blank = entry(WITH_BOB, " \u202E\n", null, "text/plain");
        assertThat(say(Privacy.PREVIEW, Push.Kind.MESSAGE, 1, blank).alert().body())
                .isEqualTo("New message");
    }

    @Test
    void aPicture_isShownAtPreviewOnly() {
        Waiting picture = entry(TEAM, "https://pictures.example/x.png?s=1", null, "Image/PNG");

        assertThat(say(Privacy.PREVIEW, Push.Kind.MESSAGE, 1, picture).image())
                .hasToString("https://pictures.example/x.png?s=1");
        assertThat(say(Privacy.PREVIEW, Push.Kind.MESSAGE, 1, picture).alert().body())
                .isEqualTo("Picture from bob-the-sender");
        for (Privacy privacy : List.of(Privacy.NONE, Privacy.SENDER, Privacy.SEALED)) {
            assertThat(say(privacy, Push.Kind.MESSAGE, 1, picture).image()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://h/x.png", "https:///x.png", "https://u:p@h/x.png", "file:///etc/passwd", "no address", ""
            })
    void aPictureElsewhere_isNotShown(String text) {
        Waiting picture = entry(WITH_BOB, text, null, "image/png");

        assertThat(say(Privacy.PREVIEW, Push.Kind.MESSAGE, 1, picture).image()).isNull();
        assertThat(say(Privacy.PREVIEW, Push.Kind.MESSAGE, 1, picture).alert().body())
                .isEqualTo("Picture");
        Waiting link = entry(WITH_BOB, "https://pictures.example/x.png", null, "text/plain");
        assertThat(say(Privacy.PREVIEW, Push.Kind.MESSAGE, 1, link).image()).isNull();
    }

    @Test
    void sealed_carriesTheContentForTheAppAlone() {
        Phrasing.Said said = say(Privacy.SEALED, Push.Kind.MESSAGE, 2, entry(TEAM, "hello \"you\"", "Top secret"));

        assertThat(said.alert().body()).isEqualTo("2 new messages");
        assertThat(said.sealed()).isNotNull();
        assertThat(said.sealed().asUtf8())
                .isEqualTo("sealed {\"v\":1,\"kind\":\"message\",\"conv\":\"g/team-of-secrets\","
                        + "\"from\":\"bob-the-sender\",\"seq\":5,\"ts\":1000,\"count\":2,"
                        + "\"text\":\"hello \\\"you\\\"\",\"group\":\"Top secret\"}");
    }

    @Test
    void sealed_ofALongText_isBounded_andWithoutAGoodKeyThereIsNone() {
        Waiting longest = entry(TEAM, "\uD83D\uDE00".repeat(1_000), "n".repeat(5_000), "t".repeat(5_000));
        Bytes sealed = say(Privacy.SEALED, Push.Kind.MESSAGE, 1, longest).sealed();
        assertThat(sealed).isNotNull();
        assertThat(sealed.size()).isLessThan(2_300);

        Wording broken = new Wording(Bytes.utf8("0123456789abcdef0123456789abcdef"), (key, plain) -> {
            throw new IllegalArgumentException("no key");
        });
        Registration sealing = registration(Locale.ENGLISH, false, SEAL);
        Registration not = registration(Locale.ENGLISH, false, null);
        List<Waiting> entries = List.of(longest);
        assertThat(broken.say(ME, sealing, Privacy.SEALED, Push.Kind.MESSAGE, entries, 1)
                        .sealed())
                .isNull();
        assertThat(wording.say(ME, not, Privacy.SEALED, Push.Kind.MESSAGE, entries, 1)
                        .sealed())
                .isNull();
    }

    @Test
    void appsThatKnowTheTexts_areSentTheirNames_withATextForOthers() {
        Registration knows = registration(Locale.GERMAN, true, null);
        Waiting entry = entry(TEAM, "hello", "The Team");

        Phrasing.Said counted = wording.say(ME, knows, Privacy.NONE, Push.Kind.MESSAGE, List.of(entry), 3);
        assertThat(counted.alert().bodyKey()).isEqualTo("waggle_messages");
        assertThat(counted.alert().bodyArguments()).containsExactly("3");
        assertThat(counted.alert().body()).isEqualTo("3 neue Nachrichten");

        Phrasing.Said said = wording.say(ME, knows, Privacy.PREVIEW, Push.Kind.MESSAGE, List.of(entry), 1);
        assertThat(said.alert().bodyKey()).isEqualTo("waggle_said");
        assertThat(said.alert().bodyArguments()).containsExactly("bob-the-sender", "hello");

        Phrasing.Said from = wording.say(ME, knows, Privacy.SENDER, Push.Kind.MENTION, List.of(entry), 1);
        assertThat(from.alert().bodyKey()).isEqualTo("waggle_mention_from");
    }

    @Test
    void textFromRightToLeft_staysApartFromTextFromLeftToRight() {
        Registration english = registration(Locale.ENGLISH, false, null);
        List<Waiting> entries = List.of(entry(TEAM, "שלום!", null));

        assertThat(wording.say(ME, english, Privacy.PREVIEW, Push.Kind.MESSAGE, entries, 1)
                        .alert()
                        .body())
                .isEqualTo("bob-the-sender: \u2068שלום!\u2069");
        Registration arabic = registration(Locale.forLanguageTag("ar-EG"), false, null);
        assertThat(wording.say(ME, arabic, Privacy.SENDER, Push.Kind.CALL, entries, 1)
                        .alert()
                        .body())
                .isEqualTo("مكالمة من \u2068bob-the-sender\u2069");
    }

    @Test
    void theNewest_isShown() {
        List<Waiting> two = List.of(entry(WITH_BOB, "older", null), entry(WITH_BOB, "newer", null));

        assertThat(wording.say(
                                ME,
                                registration(Locale.ENGLISH, false, null),
                                Privacy.PREVIEW,
                                Push.Kind.MESSAGE,
                                two,
                                2)
                        .alert()
                        .body())
                .isEqualTo("newer");
    }

    private Phrasing.Said say(Privacy privacy, Push.Kind kind, int total, Waiting entry) {
        return wording.say(ME, registration(Locale.ENGLISH, false, SEAL), privacy, kind, List.of(entry), total);
    }

    private static Registration registration(Locale locale, boolean knowsTexts, @Nullable SealKey seal) {
        return new Registration(
                "default", new Address.Webhook("x"), locale, ZoneOffset.UTC, "", null, knowsTexts, seal, 0);
    }

    private static Waiting entry(ConversationName conversation, @Nullable String text, @Nullable String group) {
        return entry(conversation, text, group, null);
    }

    private static Waiting entry(
            ConversationName conversation, @Nullable String text, @Nullable String group, @Nullable String type) {
        return new Waiting(
                9,
                1_000,
                conversation,
                5,
                BOB,
                Waiting.Kind.MESSAGE,
                false,
                Waiting.Wish.USUAL,
                0,
                text,
                type,
                OwnSettings.NONE,
                false,
                group);
    }

    private static Bytes seal(SealKey key, byte[] plain) {
        return Bytes.utf8("sealed " + new String(plain, StandardCharsets.UTF_8));
    }
}
