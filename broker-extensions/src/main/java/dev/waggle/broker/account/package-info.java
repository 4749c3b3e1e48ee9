/** Accounts of the local issuer in the store: where {@code auth.account} and the store meet, which do not know each other. */
@NullMarked
package dev.waggle.broker.account;

import org.jspecify.annotations.NullMarked;
