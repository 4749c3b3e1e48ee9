/**
 * POSTs to addresses that strangers chose: only to names and addresses of the public internet, over TLS, to exactly the
 * address that was checked. Knows nothing of what is sent.
 */
@NullMarked
package dev.waggle.push.endpoint;

import org.jspecify.annotations.NullMarked;
