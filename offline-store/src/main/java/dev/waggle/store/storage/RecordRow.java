package dev.waggle.store.storage;

import dev.waggle.spec.Bytes;

/**
 * A record.
 *
 * @param version 1 or more
 * @param value at most 64 KiB
 */
public record RecordRow(long version, Bytes value) {}
