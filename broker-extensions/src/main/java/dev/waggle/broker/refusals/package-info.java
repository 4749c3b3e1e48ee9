/** What was refused of late, for operators: counted, summed up in the log once a minute, and kept to be asked for. */
@NullMarked
package dev.waggle.broker.refusals;

import org.jspecify.annotations.NullMarked;
