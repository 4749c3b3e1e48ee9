/** Who is here, for those who asked and may know; nothing of it is stored. And what is handed on without being kept. */
@NullMarked
package dev.waggle.broker.presence;

import org.jspecify.annotations.NullMarked;
