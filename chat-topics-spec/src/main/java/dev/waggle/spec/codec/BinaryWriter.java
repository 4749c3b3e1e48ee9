package dev.waggle.spec.codec;

import dev.waggle.spec.Author;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.UserId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the fields of a binary form one after the other, without names; {@link BinaryReader} reads them in the same
 * order. Numbers are variable in length (seven bits a byte, low ones first), texts and byte strings carry their length
 * before them. One use, one thread.
 */
public final class BinaryWriter {
    static final int DIRECT = 1;
    static final int SELF = 2;
    static final int GROUP = 3;

    private byte[] array;
    private int size;

    /** @param room bytes to begin with; it grows when needed */
    public BinaryWriter(int room) {
        array = new byte[room];
    }

    /** One byte, 0…255. */
    public BinaryWriter u8(int value) {
        ensure(1);
        array[size++] = (byte) value;
        return this;
    }

    public BinaryWriter flag(boolean value) {
        return u8(value ? 1 : 0);
    }

    /**
     * A number of 0 or more in 1…9 bytes.
     *
     * @throws IllegalArgumentException if it is negative: a bug of the caller
     */
    public BinaryWriter number(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("numbers are 0 or more");
        }
        ensure(9);
        long rest = value;
        while (rest >= 0x80) {
            array[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        array[size++] = (byte) rest;
        return this;
    }

    /** A number of 0 or more, or nothing. */
    public BinaryWriter maybeNumber(@Nullable Integer value) {
        flag(value != null);
        return value == null ? this : number(value);
    }

    public BinaryWriter bytes(Bytes value) {
        return number(value.size()).raw(value.shared());
    }

    /** Bytes without a length: for the last field only. */
    public BinaryWriter raw(byte[] value) {
        ensure(value.length);
        System.arraycopy(value, 0, array, size, value.length);
        size += value.length;
        return this;
    }

    /** Any text; lone surrogates do not survive. */
    public BinaryWriter text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        return number(utf8.length).raw(utf8);
    }

    public BinaryWriter maybeText(@Nullable String value) {
        flag(value != null);
        return value == null ? this : text(value);
    }

    public BinaryWriter user(UserId user) {
        return id(user.value());
    }

    public BinaryWriter maybeUser(@Nullable UserId user) {
        return user == null ? u8(0) : id(user.value());
    }

    public BinaryWriter group(GroupId group) {
        return id(group.value());
    }

    public BinaryWriter device(DeviceId device) {
        return id(device.value());
    }

    public BinaryWriter maybeDevice(@Nullable DeviceId device) {
        return device == null ? u8(0) : id(device.value());
    }

    public BinaryWriter author(Author author) {
        return user(author.user()).maybeUser(author.agent());
    }

    public BinaryWriter conversation(ConversationId conversation) {
        if (conversation instanceof ConversationId.Direct direct) {
            return direct.low().equals(direct.high())
                    ? u8(SELF).user(direct.low())
                    : u8(DIRECT).user(direct.low()).user(direct.high());
        }
        return u8(GROUP).group(((ConversationId.Group) conversation).group());
    }

    /** A count and that many elements. */
    public <T> BinaryWriter list(Collection<T> elements, BiConsumer<BinaryWriter, ? super T> element) {
        number(elements.size());
        for (T one : elements) {
            element.accept(this, one);
        }
        return this;
    }

    /** What was written; the writer is done with it. */
    public byte[] toByteArray() {
        return size == array.length ? array : Arrays.copyOf(array, size);
    }

    /** Ids are 1…64 ASCII characters: a length byte, of which 0 stands for none, and a byte each. */
    private BinaryWriter id(String id) {
        int length = id.length();
        ensure(length + 1);
        array[size++] = (byte) length;
        for (int i = 0; i < length; i++) {
            array[size++] = (byte) id.charAt(i);
        }
        return this;
    }

    private void ensure(int more) {
        if (array.length - size < more) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, size + more));
        }
    }
}
