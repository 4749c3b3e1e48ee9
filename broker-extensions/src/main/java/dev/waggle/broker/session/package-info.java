/** The connections that are here: one dialogue each, who they are, and who is told of a commit. */
@NullMarked
package dev.waggle.broker.session;

import org.jspecify.annotations.NullMarked;
