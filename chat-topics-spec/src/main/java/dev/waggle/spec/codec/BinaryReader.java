package dev.waggle.spec.codec;

import dev.waggle.spec.Author;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link BinaryWriter} wrote, from bytes that may be torn or flipped. Every length is checked against what is
 * left before anything is allocated, so bad input costs no more than good input of its size. One use, one thread.
 */
public final class BinaryReader {
    private static final int MOST_CAPACITY = 1_024;
    private static final int MAX_SHIFT = 56;

    private final byte[] array;
    private int at;

    private BinaryReader(byte[] array) {
        this.array = array;
    }

    /** How one value stands in the bytes. */
    @FunctionalInterface
    public interface Layout<T> {
        T read(BinaryReader in);
    }

    /**
     * Reads one value that takes all of {@code array}. Total: whatever the bytes are, the result is the value or a reason.
     *
     * @param what names the thing in the reason
     */
    public static <T> Parsed<T> parse(byte[] array, String what, Layout<T> layout) {
        BinaryReader in = new BinaryReader(array);
        try {
            T value = layout.read(in);
            return in.left() == 0 ? Parsed.ok(value) : Parsed.bad(what + ": " + in.left() + " bytes too many");
        } catch (Malformed bad) {
            return Parsed.bad(what + " at byte " + in.at + ": " + bad.getMessage());
        } catch (IllegalArgumentException outOfRange) {
            // The records check their own ranges; a layout need not check them again.
            return Parsed.bad(what + " at byte " + in.at + ": " + outOfRange.getMessage());
        }
    }

    /** Ends the reading with a reason; for layouts: {@code throw in.bad(…)}. */
    public RuntimeException bad(String reason) {
        return new Malformed(reason);
    }

    /** One byte, 0…255. */
    public int u8() {
        need(1);
        return array[at++] & 0xFF;
    }

    public boolean flag() {
        int value = u8();
        if (value > 1) {
            throw bad("a flag is 0 or 1");
        }
        return value == 1;
    }

    /** A number of 0 or more. */
    public long number() {
        long value = 0;
        for (int shift = 0; shift <= MAX_SHIFT; shift += 7) {
            int next = u8();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw bad("a number has at most 63 bits");
    }

    /** A number of 0…{@code max}. */
    public int number(int max) {
        long value = number();
        if (value > max) {
            throw bad("a number is at most " + max);
        }
        return (int) value;
    }

    public @Nullable Integer maybeNumber(int max) {
        return flag() ? Integer.valueOf(number(max)) : null;
    }

    public Bytes bytes() {
        int length = length();
        at += length;
        return Bytes.wrap(Arrays.copyOfRange(array, at - length, at));
    }

    /** All that is left. */
    public Bytes rest() {
        Bytes rest = Bytes.wrap(Arrays.copyOfRange(array, at, array.length));
        at = array.length;
        return rest;
    }

    public String text() {
        int length = length();
        String text = new String(array, at, length, StandardCharsets.UTF_8);
        // The decoder puts U+FFFD where a sequence is broken; one that was written as such survives the way back.
        if (text.indexOf('\uFFFD') >= 0
                && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(array, at, at + length))) {
            throw bad("a text is valid UTF-8");
        }
        at += length;
        return text;
    }

    public @Nullable String maybeText() {
        return flag() ? text() : null;
    }

    public UserId user() {
        return new UserId(id(u8()));
    }

    public @Nullable UserId maybeUser() {
        int length = u8();
        return length == 0 ? null : new UserId(id(length));
    }

    public GroupId group() {
        return new GroupId(id(u8()));
    }

    public DeviceId device() {
        return new DeviceId(id(u8()));
    }

    public @Nullable DeviceId maybeDevice() {
        int length = u8();
        return length == 0 ? null : new DeviceId(id(length));
    }

    public Author author() {
        return new Author(user(), maybeUser());
    }

    public ConversationId conversation() {
        switch (u8()) {
            case BinaryWriter.DIRECT:
                return new ConversationId.Direct(user(), user());
            case BinaryWriter.SELF:
                UserId self = user();
                return new ConversationId.Direct(self, self);
            case BinaryWriter.GROUP:
                return new ConversationId.Group(group());
            default:
                throw bad("a conversation is of kind 1, 2 or 3");
        }
    }

    /** A conversation that must be a group. */
    public ConversationId.Group groupConversation() {
        if (conversation() instanceof ConversationId.Group group) {
            return group;
        }
        throw bad("the conversation must be a group");
    }

    /** A count and that many elements. */
    public <T> List<T> list(Layout<T> element) {
        // An element has at least one byte.
        int count = length();
        List<T> list = new ArrayList<>(Math.min(count, MOST_CAPACITY));
        for (int i = 0; i < count; i++) {
            list.add(element.read(this));
        }
        return list;
    }

    /** Bytes that are left. */
    public int left() {
        return array.length - at;
    }

    private int length() {
        long length = number();
        if (length > left()) {
            throw bad("a length or count of " + length + " with " + left() + " bytes left");
        }
        return (int) length;
    }

    private String id(int length) {
        need(length);
        at += length;
        return new String(array, at - length, length, StandardCharsets.ISO_8859_1);
    }

    private void need(int bytes) {
        if (left() < bytes) {
            throw bad("the end comes too early");
        }
    }

    /** Never leaves {@link #parse}: a way out of nested layouts, without the cost of a stack trace. */
    private static final class Malformed extends RuntimeException {
        Malformed(String reason) {
            super(reason, null, false, false);
        }
    }
}
