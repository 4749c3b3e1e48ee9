/**
 * Accounts of the local issuer: passwords, log-in, refresh tokens. Pure but for the store behind {@link
 * dev.waggle.auth.account.AccountStore} and the hashing; no HTTP here.
 */
@NullMarked
package dev.waggle.auth.account;

import org.jspecify.annotations.NullMarked;
