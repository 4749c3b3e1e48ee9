/**
 * Intents in, outcomes out: what a push to a sleeping device says, whom it goes to, and what became of it. The packages
 * below this one carry it to one kind of provider each; none of them knows why it is sent.
 */
@NullMarked
package dev.waggle.push;

import org.jspecify.annotations.NullMarked;
