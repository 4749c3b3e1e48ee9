/** The one door of the store: submit commands, learn of commits, read, check, close. */
@NullMarked
package dev.waggle.store;

import org.jspecify.annotations.NullMarked;
