/** Pushes to a program of the operator, which knows other ways to people: another vendor's push, a pager, a mail. */
@NullMarked
package dev.waggle.push.webhook;

import org.jspecify.annotations.NullMarked;
