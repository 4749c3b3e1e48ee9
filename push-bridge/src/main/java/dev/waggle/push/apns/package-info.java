/**
 * The Apple Push Notification service (APNs), with token authentication over HTTP/2 by the library pushy: what a push
 * looks like there, and what its answers mean.
 */
@NullMarked
package dev.waggle.push.apns;

import org.jspecify.annotations.NullMarked;
