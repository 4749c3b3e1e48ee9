/**
 * What stands in front of every provider, so that one that is slow, silent or wrongly set up harms neither the others nor
 * the registrations: when to try again, when not to ask at all, when not to believe.
 */
@NullMarked
package dev.waggle.push.guard;

import org.jspecify.annotations.NullMarked;
