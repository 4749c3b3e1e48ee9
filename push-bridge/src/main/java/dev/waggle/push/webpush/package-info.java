/**
 * Web Push (RFC 8030, 8291, 8292): browsers and UnifiedPush distributors. Endpoints are chosen by users, so nothing of
 * this network is reached through them.
 */
@NullMarked
package dev.waggle.push.webpush;

import org.jspecify.annotations.NullMarked;
