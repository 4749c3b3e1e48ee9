/** Bytes to records and back, bounded and versioned; the only user of Jackson in this module. */
@NullMarked
package dev.waggle.spec.codec;

import org.jspecify.annotations.NullMarked;
