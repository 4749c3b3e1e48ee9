/** Revocations as records of the store. */
@NullMarked
package dev.waggle.broker.revocations;

import org.jspecify.annotations.NullMarked;
