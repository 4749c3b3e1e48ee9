/** A storage in memory with a medium that a test can pull the plug of; part of the testkit of this module. */
@NullMarked
package dev.waggle.store.check;

import org.jspecify.annotations.NullMarked;
