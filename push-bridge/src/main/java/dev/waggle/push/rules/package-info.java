/**
 * The decision core of pushes: what is waiting and who sleeps goes in, what is to be sent, to wait or to be left out comes
 * out. Pure: no clock, no thread, no input or output; what was pushed lately is in a {@link dev.waggle.push.rules.Ledger}.
 */
@NullMarked
package dev.waggle.push.rules;

import org.jspecify.annotations.NullMarked;
