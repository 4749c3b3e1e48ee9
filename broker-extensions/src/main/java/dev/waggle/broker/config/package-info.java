/** One file, the environment and the flags become one record tree; every problem is told at once. */
@NullMarked
package dev.waggle.broker.config;

import org.jspecify.annotations.NullMarked;
