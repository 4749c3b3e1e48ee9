/** The terminal chat: what a typed line asks for, what is shown of one conversation, and a connection that comes back. */
@NullMarked
package dev.waggle.broker.cli.chat;

import org.jspecify.annotations.NullMarked;
