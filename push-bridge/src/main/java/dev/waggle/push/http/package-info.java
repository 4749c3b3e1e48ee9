/** One bounded POST and what came back: of the operator's own addresses, and what {@code Retry-After} means. */
@NullMarked
package dev.waggle.push.http;

import org.jspecify.annotations.NullMarked;
