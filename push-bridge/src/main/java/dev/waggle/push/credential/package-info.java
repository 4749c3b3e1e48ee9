/** The files that hold what we show to providers. */
@NullMarked
package dev.waggle.push.credential;

import org.jspecify.annotations.NullMarked;
