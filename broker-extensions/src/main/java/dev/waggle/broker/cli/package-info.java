/** What people type: the commands of {@code waggle}, their options, their exit codes. */
@NullMarked
package dev.waggle.broker.cli;

import org.jspecify.annotations.NullMarked;
