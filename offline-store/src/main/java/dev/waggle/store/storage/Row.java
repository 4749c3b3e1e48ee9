package dev.waggle.store.storage;

/**
 * One row of a table. The arrays belong to the receiver.
 *
 * @param key as {@link KeySchema} made it
 * @param value as the row codecs made it
 */
@SuppressWarnings("ArrayRecordComponent") // rows are carried, never compared; a wrapper would cost an object per row
public record Row(byte[] key, byte[] value) {}
