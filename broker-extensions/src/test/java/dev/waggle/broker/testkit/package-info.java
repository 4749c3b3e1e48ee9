/** Hand-made stand-ins for what surrounds the data path. */
@NullMarked
package dev.waggle.broker.testkit;

import org.jspecify.annotations.NullMarked;
