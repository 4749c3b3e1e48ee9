/** What no longer counts: tokens, the tokens of a user or a device from a time, disabled users. */
@NullMarked
package dev.waggle.auth.revocation;

import org.jspecify.annotations.NullMarked;
