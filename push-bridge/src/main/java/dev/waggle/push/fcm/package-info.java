/**
 * Firebase Cloud Messaging (FCM), HTTP v1, without Google's library: what a push looks like there, what its answers mean,
 * and the access token that each request needs.
 */
@NullMarked
package dev.waggle.push.fcm;

import org.jspecify.annotations.NullMarked;
