/** {@code waggle demo}: a broker of its own, a few people, a crash in the middle, and what each device saw of it. */
@NullMarked
package dev.waggle.broker.cli.demo;

import org.jspecify.annotations.NullMarked;
