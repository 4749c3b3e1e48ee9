/**
 * The keys with which issuers sign: what a usable key is, how published sets are fetched, how long they serve. Knows
 * nothing of claims.
 */
@NullMarked
package dev.waggle.auth.jwt.keys;

import org.jspecify.annotations.NullMarked;
