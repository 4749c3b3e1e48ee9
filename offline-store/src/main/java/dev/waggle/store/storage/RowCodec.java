package dev.waggle.store.storage;

import dev.waggle.spec.Parsed;
import dev.waggle.spec.codec.BinaryReader;
import dev.waggle.spec.codec.BinaryWriter;
import java.util.function.BiConsumer;

/**
 * A row's record and its bytes, both ways. The first byte is the version of the form: what is on disk stays readable
 * when the form changes.
 *
 * @param <T> the record
 */
public final class RowCodec<T> {
    private static final int VERSION = 1;
    private static final int USUAL_ROOM = 48;

    private final String name;
    private final BiConsumer<BinaryWriter, ? super T> writing;
    private final BinaryReader.Layout<T> reading;

    RowCodec(String name, BiConsumer<BinaryWriter, ? super T> writing, BinaryReader.Layout<T> reading) {
        this.name = name;
        this.writing = writing;
        this.reading = reading;
    }

    public byte[] encode(T row) {
        BinaryWriter out = new BinaryWriter(USUAL_ROOM).u8(VERSION);
        writing.accept(out, row);
        return out.toByteArray();
    }

    /**
     * @param key of the row, for the message
     * @throws StorageFailure of kind {@code DAMAGED} if the bytes are not what {@link #encode} wrote
     */
    public T decode(byte[] key, byte[] value) throws StorageFailure {
        return sound(key, BinaryReader.parse(value, name, this::versioned));
    }

    private T versioned(BinaryReader in) {
        int version = in.u8();
        if (version != VERSION) {
            throw in.bad("its form is version " + version + ", known is " + VERSION);
        }
        return reading.read(in);
    }

    /** The value that was read, or damage that names the key. */
    static <T> T sound(byte[] key, Parsed<T> parsed) throws StorageFailure {
        if (parsed instanceof Parsed.Bad<T> bad) {
            throw new StorageFailure(
                    StorageFailure.Kind.DAMAGED,
                    "the row at key " + KeyText.of(key) + " cannot be read: " + bad.reason());
        }
        return parsed.get();
    }
}
