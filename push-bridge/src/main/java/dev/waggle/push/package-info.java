/** Wakes devices that have not acknowledged: intents in, outcomes out. */
@NullMarked
package dev.waggle.push;

import org.jspecify.annotations.NullMarked;
