/** Queries over committed state: each on a reader thread, from one snapshot. */
@NullMarked
package dev.waggle.store.reads;

import org.jspecify.annotations.NullMarked;
