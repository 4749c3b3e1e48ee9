/** Load generator, scenarios and peers. */
@NullMarked
package dev.waggle.bench;

import org.jspecify.annotations.NullMarked;
