/** The program: reads its configuration, builds the graph, runs, stops in reverse. */
@NullMarked
package dev.waggle.broker;

import org.jspecify.annotations.NullMarked;
