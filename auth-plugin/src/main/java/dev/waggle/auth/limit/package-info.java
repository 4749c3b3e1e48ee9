/** Who comes too often: allowances that refill, networks of addresses, and the ladder of bans. Pure; one clock. */
@org.jspecify.annotations.NullMarked
package dev.waggle.auth.limit;
