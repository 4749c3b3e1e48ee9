package dev.waggle.store.storage;

import dev.waggle.spec.Parsed;
import dev.waggle.spec.codec.BinaryReader;
import dev.waggle.spec.codec.BinaryWriter;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A row's record and its bytes, both ways. The first byte is the version of the form: what is on disk stays readable
 * when the form changes.
 *
 * @param <T> the record
 */
public final class RowCodec<T> {
    private static final int USUAL_ROOM = 48;

    private final String name;
    private final BiConsumer<BinaryWriter, ? super T> writing;
    private final List<BinaryReader.Layout<T>> readings;

    /**
     * @param writing the newest form
     * @param readings every form that ever was, version 1 first; the last one reads what {@code writing} writes
     */
    @SafeVarargs
    RowCodec(String name, BiConsumer<BinaryWriter, ? super T> writing, BinaryReader.Layout<T>... readings) {
        this.name = name;
        this.writing = writing;
        this.readings = List.of(readings);
    }

    public byte[] encode(T row) {
        BinaryWriter out = new BinaryWriter(USUAL_ROOM).u8(readings.size());
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
        if (version < 1 || version > readings.size()) {
            throw in.bad("its form is version " + version + ", known is " + readings.size());
        }
        return readings.get(version - 1).read(in);
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
