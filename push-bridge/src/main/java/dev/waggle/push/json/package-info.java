/** A push as one JSON object, for receivers that take whatever we write: apps behind Web Push, and webhooks. */
@NullMarked
package dev.waggle.push.json;

import org.jspecify.annotations.NullMarked;
