/**
 * What an acknowledgement is worth: clients that keep a ledger of what they were told while the program is killed under
 * them or its disk is full, and checks of the ledger against the log and against what the devices saw.
 */
@NullMarked
package dev.waggle.bench.crash;

import org.jspecify.annotations.NullMarked;
