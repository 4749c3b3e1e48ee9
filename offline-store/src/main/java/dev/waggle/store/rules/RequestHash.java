package dev.waggle.store.rules;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Command;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

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
            String name = create.name();
            text(digest, name == null ? "create" : "create named " + name);
            users(digest, create.members());
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
        } else {
            text(digest, "leave");
        }
        return half(digest.digest());
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
