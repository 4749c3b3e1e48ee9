package dev.waggle.store.storage;

import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the key of a row in {@link KeySchema#userState} names.
 *
 * @param kind of the row
 * @param device of the row; null exactly for {@link Kind#META}, {@link Kind#SETTINGS} and {@link Kind#STARTS}
 * @param packetId of {@link Kind#PACKET}, else 0
 */
public record UserRow(Kind kind, @Nullable DeviceId device, int packetId) {

    /** Kinds of rows. */
    public enum Kind {
        CURSOR,
        DEVICE,
        META,
        SETTINGS,
        PACKET,
        PUSH,
        STARTS
    }

    /** The device of a row that has one. */
    public DeviceId deviceId() {
        if (device == null) {
            throw new IllegalStateException(kind + " rows have no device");
        }
        return device;
    }

    /**
     * @throws StorageFailure of kind {@code DAMAGED} if {@link KeySchema} makes no such key
     */
    public static UserRow of(UserId user, byte[] key) throws StorageFailure {
        int kindAt = 2 + user.value().length();
        if (key.length > kindAt) {
            int from = kindAt + 1;
            switch (key[kindAt]) {
                case 'b':
                    return new UserRow(Kind.SETTINGS, null, 0);
                case 'c':
                    return new UserRow(Kind.CURSOR, device(key, from, key.length), 0);
                case 'd':
                    return new UserRow(Kind.DEVICE, device(key, from, key.length), 0);
                case 'i':
                    return new UserRow(Kind.META, null, 0);
                case 'p':
                    int end = key.length - 3;
                    int id = (key[end + 1] & 0xFF) << 8 | (key[end + 2] & 0xFF);
                    return new UserRow(Kind.PACKET, device(key, from, end), id);
                case 'q':
                    return new UserRow(Kind.PUSH, device(key, from, key.length), 0);
                case 's':
                    return new UserRow(Kind.STARTS, null, 0);
                default:
                    break;
            }
        }
        throw damaged(key);
    }

    private static DeviceId device(byte[] key, int from, int to) throws StorageFailure {
        if (to <= from) {
            throw damaged(key);
        }
        String text = new String(key, from, to - from, StandardCharsets.US_ASCII);
        if (!DeviceId.parse(text).isOk()) {
            throw damaged(key);
        }
        return new DeviceId(text);
    }

    private static StorageFailure damaged(byte[] key) {
        return new StorageFailure(StorageFailure.Kind.DAMAGED, "no row of a user has the key " + KeyText.of(key));
    }
}
