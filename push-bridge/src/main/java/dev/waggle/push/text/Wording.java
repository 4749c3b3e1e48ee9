package dev.waggle.push.text;

import dev.waggle.push.Alert;
import dev.waggle.push.Push;
import dev.waggle.push.registration.Privacy;
import dev.waggle.push.registration.Registration;
import dev.waggle.push.registration.SealKey;
import dev.waggle.push.rules.Phrasing;
import dev.waggle.push.rules.Waiting;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.UserId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Says what may be told (F7), in the person's language (F9). Apps that know the texts get their names besides: the name of a
 * text here with {@code waggle_} before it and {@code _} for dots; of texts that count, {@code waggle_messages} and
 * {@code waggle_mentions} with the number.
 */
public final class Wording implements Phrasing {
    /** Of a message's text, in code points: what a lock screen shows of it. */
    static final int MOST_TEXT = 120;

    /** Of a group's name, in code points. */
    static final int MOST_NAME = 64;

    private static final int THREAD_CHARACTERS = 16;
    private static final String MAC = "HmacSHA256";

    private final Bytes threadKey;
    private final Sealer sealer;
    private final Texts texts = new Texts();

    /**
     * @param threadKey 32 bytes that nobody else knows, the same for ever: what hides conversations behind threads
     * @param sealer for {@link Privacy#SEALED}
     */
    public Wording(Bytes threadKey, Sealer sealer) {
        if (threadKey.size() < 32) {
            throw new IllegalArgumentException("the key of threads must have at least 32 bytes");
        }
        this.threadKey = threadKey;
        this.sealer = sealer;
    }

    @Override
    public Said say(
            UserId user, Registration registration, Privacy privacy, Push.Kind kind, List<Waiting> entries, int total) {
        Waiting newest = entries.get(entries.size() - 1);
        ConversationName conversation = newest.conversation();
        String thread = thread(user, privacy, conversation);
        if (!privacy.tellsWho()) {
            Alert alert = alert(registration, null, count(kind, total));
            Bytes sealed = privacy == Privacy.SEALED ? seal(registration, kind, entries, total) : null;
            return new Said(thread, null, alert, sealed, null);
        }
        boolean preview = privacy == Privacy.PREVIEW && isWritten(kind);
        Phrase phrase = preview ? preview(newest, kind, total) : sender(newest, kind, total);
        String title = preview && total > 1 ? where(newest) + " (" + total + ")" : where(newest);
        return new Said(
                thread,
                conversation.text(),
                alert(registration, title, phrase),
                null,
                preview ? Pictures.address(newest) : null);
    }

    @Override
    public String thread(UserId user, Privacy privacy, ConversationName conversation) {
        if (privacy.tellsWho()) {
            return conversation.text();
        }
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(threadKey.shared(), MAC));
            byte[] hash = mac.doFinal((user + " " + conversation.text()).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().encodeToString(hash).substring(0, THREAD_CHARACTERS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks " + MAC, e);
        }
    }

    /**
     * A text by name.
     *
     * @param name of the text here, or null: the first argument is the text
     * @param count of which the text has several forms, and its first argument; 0: it has one form
     */
    private record Phrase(@Nullable String name, int count, List<String> arguments) {
        static Phrase of(String name, String... arguments) {
            return new Phrase(name, 0, List.of(arguments));
        }

        static Phrase counted(String name, int count) {
            return new Phrase(name, count, List.of(String.valueOf(count)));
        }

        static Phrase asItIs(String text) {
            return new Phrase(null, 0, List.of(text));
        }
    }

    private static boolean isWritten(Push.Kind kind) {
        return kind == Push.Kind.MESSAGE || kind == Push.Kind.MENTION;
    }

    /** Not who and not where: what it is, and how many. */
    private static Phrase count(Push.Kind kind, int total) {
        return switch (kind) {
            case CALL -> Phrase.of("call");
            case INVITATION -> Phrase.of("invitation");
            case MENTION -> Phrase.counted("mentions", total);
            case MESSAGE, UPDATE -> Phrase.counted("messages", total);
        };
    }

    /** The title says where: in a group, of one message, who is told besides. */
    private static Phrase sender(Waiting newest, Push.Kind kind, int total) {
        boolean one = total == 1 || !isWritten(kind);
        return one && newest.conversation() instanceof ConversationName.InGroup
                ? Phrase.of(kind.code() + ".from", newest.from().value())
                : count(kind, total);
    }

    private static Phrase preview(Waiting newest, Push.Kind kind, int total) {
        boolean group = newest.conversation() instanceof ConversationName.InGroup;
        String from = newest.from().value();
        if (Pictures.isPicture(newest)) {
            return group ? Phrase.of("picture.from", from) : Phrase.of("picture");
        }
        String text = newest.text();
        String line = text == null || !Pictures.isText(newest) ? "" : PlainText.line(text, MOST_TEXT);
        if (line.isEmpty()) {
            return sender(newest, kind, total);
        }
        return group ? Phrase.of("said", from, line) : Phrase.asItIs(line);
    }

    private static String where(Waiting newest) {
        if (newest.conversation() instanceof ConversationName.InGroup group) {
            String name = newest.groupName();
            String line = name == null ? "" : PlainText.line(name, MOST_NAME);
            return line.isEmpty() ? group.group().value() : line;
        }
        return newest.from().value();
    }

    private Alert alert(Registration registration, @Nullable String title, Phrase phrase) {
        Locale locale = registration.locale();
        String name = phrase.name();
        if (name == null) {
            return Alert.of(title, phrase.arguments().get(0));
        }
        String body = phrase.count() > 0
                ? texts.count(locale, name, phrase.count())
                : texts.say(locale, name, phrase.arguments());
        return registration.knowsTexts()
                ? new Alert(title, body, "waggle_" + name.replace('.', '_'), phrase.arguments())
                : Alert.of(title, body);
    }

    private @Nullable Bytes seal(Registration registration, Push.Kind kind, List<Waiting> entries, int total) {
        SealKey key = registration.seal();
        if (key == null) {
            return null;
        }
        try {
            return sealer.seal(key, SealedContent.of(kind, entries, total).shared());
        } catch (IllegalArgumentException noKey) {
            // The app gave something else than a key: it is told as much as one that gave none.
            return null;
        }
    }
}
