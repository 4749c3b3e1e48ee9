/** Identifiers, names of conversations, limits, and the annotation that names the owner thread. */
@NullMarked
package dev.waggle.spec;

import org.jspecify.annotations.NullMarked;
