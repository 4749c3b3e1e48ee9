package dev.waggle.store.rules;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.GroupPatch;
import dev.waggle.spec.message.OwnSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What makes two uses of one idempotency key the same request (PROTOCOL §3): for a message its body, for a call its
 * method and arguments; the order and repetition of users does not matter.
 */
public final class RequestHash {
    /** First half of SHA-256. */
    public static final int BYTES = 16;

    private RequestHash() {}

    public static Bytes of(Command.OfConversation command) {
        MessageDigest digest = sha256();
        if (command instanceof Command.SendMessage send) {
            return half(digest.digest(send.body().shared()));
        }
        if (command instanceof Command.CreateGroup create) {
            String name = create.settings().name();
            text(digest, name == null ? "create" : "create named " + name);
            users(digest, create.members());
            settings(digest, create.settings());
        } else if (command instanceof Command.AddMembers add) {
            text(digest, "add");
            users(digest, add.users());
        } else if (command instanceof Command.RemoveMembers remove) {
            text(digest, "remove");
            users(digest, remove.users());
        } else if (command instanceof Command.EditMessage edit) {
            text(digest, "edit " + edit.seq());
            digest.update(edit.body().shared());
        } else if (command instanceof Command.DeleteMessages delete) {
            text(digest, "delete");
            ranges(digest, delete.seqs());
        } else if (command instanceof Command.HideMessages hide) {
            text(digest, "hide");
            ranges(digest, hide.seqs());
        } else if (command instanceof Command.MuteConversation mute) {
            text(digest, "mute");
            text(digest, "seconds ", text(mute.change().seconds()));
            text(digest, "until ", text(mute.change().until()));
            OwnSettings.Level level = mute.change().level();
            text(digest, "level ", level == null ? null : level.code());
        } else if (command instanceof Command.UpdateGroup update) {
            text(digest, "update");
            text(digest, "name ", update.change().name());
            settings(digest, update.change());
        } else if (command instanceof Command.ChangeRole change) {
            text(digest, "role " + change.role().code());
            text(digest, change.member().value());
        } else if (command instanceof Command.ChangeStanding change) {
            text(digest, change.kind().code() + " for " + change.seconds());
            users(digest, change.users());
        } else {
            text(digest, "leave");
        }
        return half(digest.digest());
    }

    /** Nothing for those that are not given, so that a creation without them is what it was before there were any. */
    private static void settings(MessageDigest digest, GroupPatch settings) {
        text(digest, "topic ", settings.topic());
        text(digest, "picture ", settings.picture());
        text(digest, "join ", settings.join() == null ? null : settings.join().code());
        text(
                digest,
                "history ",
                settings.history() == null ? null : settings.history().code());
    }

    private static void text(MessageDigest digest, String name, @Nullable String text) {
        if (text != null) {
            text(digest, name + text);
        }
    }

    private static @Nullable String text(@Nullable Long number) {
        return number == null ? null : number.toString();
    }

    private static void users(MessageDigest digest, List<UserId> users) {
        for (UserId user : new TreeSet<>(users)) {
            text(digest, user.value());
        }
    }

    private static void ranges(MessageDigest digest, SeqRanges seqs) {
        seqs.ranges().forEach(range -> text(digest, range.from() + "-" + range.to()));
    }

    private static void text(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static Bytes half(byte[] whole) {
        return Bytes.wrap(Arrays.copyOf(whole, BYTES));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
