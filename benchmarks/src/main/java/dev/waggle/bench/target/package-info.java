/** The brokers under test: started as child processes on free loopback ports, watched through /proc, stopped again. */
@NullMarked
package dev.waggle.bench.target;

import org.jspecify.annotations.NullMarked;
