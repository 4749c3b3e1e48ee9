package dev.waggle.store.lane;

import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.SendKey;
import dev.waggle.store.storage.KeySchema;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Names an idempotency key: whose, where, and whether of a message or a call. Kept as the key of its row, which says all
 * of that, and with its hash: both are made once, by whoever submits, and used by the committer to look, to remember and
 * to write.
 */
final class KeyRef {
    private final byte[] row;
    private final int hash;

    private KeyRef(byte[] row) {
        this.row = row;
        this.hash = Arrays.hashCode(row);
    }

    /** Null if the command has no key. */
    static @Nullable KeyRef of(Command.OfConversation command) {
        SendKey key = command.key();
        return key == null
                ? null
                : new KeyRef(KeySchema.key(
                        command.conversation(),
                        command.actor().author(),
                        !(command instanceof Command.SendMessage),
                        key));
    }

    /** The key of the row; nobody writes to the array. */
    byte[] row() {
        return row;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyRef ref && hash == ref.hash && Arrays.equals(row, ref.row);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
