/**
 * Whether a closed store holds together: every row is read, and what the rows say of each other is compared. Writes
 * nothing. Memory is bounded by one group's members and one inbox's conversations.
 */
@NullMarked
package dev.waggle.store.check;

import org.jspecify.annotations.NullMarked;
