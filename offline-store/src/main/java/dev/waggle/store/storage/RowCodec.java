package dev.waggle.store.storage;

/**
 * A row's record and its bytes, both ways. The first byte is the version of the form: what is on disk stays readable
 * when the form changes.
 *
 * @param <T> the record
 */
public abstract class RowCodec<T> {
    private static final int VERSION = 1;

    private final String name;

    RowCodec(String name) {
        this.name = name;
    }

    public final byte[] encode(T row) {
        RowWriter writer = new RowWriter();
        writer.one(VERSION);
        write(row, writer);
        return writer.done();
    }

    /**
     * @param key of the row, for the message
     * @throws StorageFailure of kind {@code DAMAGED} if the bytes are not what {@link #encode} wrote
     */
    public final T decode(byte[] key, byte[] value) throws StorageFailure {
        RowReader reader = new RowReader(value);
        try {
            int version = reader.one();
            if (version != VERSION) {
                throw new RowReader.Malformed("its form is version " + version + ", known is " + VERSION);
            }
            T row = read(reader);
            reader.end();
            return row;
        } catch (RowReader.Malformed | IllegalArgumentException damage) {
            throw damaged(name, key, damage);
        }
    }

    static StorageFailure damaged(String name, byte[] key, RuntimeException damage) {
        return new StorageFailure(
                StorageFailure.Kind.DAMAGED,
                "the " + name + " at key " + KeyText.of(key) + " cannot be read: " + damage.getMessage(),
                damage);
    }

    abstract void write(T row, RowWriter writer);

    abstract T read(RowReader reader);
}
