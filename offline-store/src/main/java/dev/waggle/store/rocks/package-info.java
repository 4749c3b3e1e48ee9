/**
 * The storage on RocksDB; the only code that knows it. What stands in its column families is drawn in {@link
 * dev.waggle.store.storage}.
 */
@NullMarked
package dev.waggle.store.rocks;

import org.jspecify.annotations.NullMarked;
