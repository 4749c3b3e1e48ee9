/** What a command needs of this machine: its files, ports and log, and the way to end with a readable reason. */
@NullMarked
package dev.waggle.broker.cli.local;

import org.jspecify.annotations.NullMarked;
