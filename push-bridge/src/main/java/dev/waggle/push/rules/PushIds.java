package dev.waggle.push.rules;

import dev.waggle.push.Push;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Names pushes by what they are about, so that the same push has the same id for every try, and after a restart too. Of the
 * form that RFC 9562 §5.8 leaves to applications (version 8), from SHA-256.
 */
final class PushIds {
    private static final long VERSION_8 = 0x8000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private PushIds() {}

    /** @param seq of the newest message that it stands for */
    static UUID of(UserId user, DeviceId device, ConversationName conversation, long seq, Push.Kind kind) {
        return of(user + " " + device + " " + conversation.text() + " " + seq + " " + kind.code());
    }

    /** Of an update. */
    static UUID of(UserId user, DeviceId device, long readAt) {
        return of(user + " " + device + " " + readAt + " " + Push.Kind.UPDATE.code());
    }

    private static UUID of(String name) {
        try {
            ByteBuffer hash =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)));
            long high = hash.getLong() & ~0xF000L | VERSION_8;
            long low = hash.getLong() & ~0xC000_0000_0000_0000L | VARIANT;
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-256", e);
        }
    }
}
