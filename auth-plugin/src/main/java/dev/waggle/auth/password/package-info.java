/**
 * Passwords and their slow hashes. The broker has them computed by a process of its own:
 *
 * <pre>
 * broker                                          hashing process, niced
 *   HashingProcess ── HashingRun ══ pipe ══►  HashingMain ── HashingLoop ── Argon2id
 *     starts it, ends it   one life of it       HashingFrame both ways
 * </pre>
 *
 * A hash takes 19 MiB of memory and as much again of short-lived objects several times; in the broker's small heap that
 * means full collections, which stop every connection. The process keeps nothing: it can be killed at any time.
 */
@NullMarked
package dev.waggle.auth.password;

import org.jspecify.annotations.NullMarked;
