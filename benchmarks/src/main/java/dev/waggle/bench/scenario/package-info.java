/** One class per scenario; each prints its seed and parameters and exits 0 only if what it claims was seen. */
@NullMarked
package dev.waggle.bench.scenario;

import org.jspecify.annotations.NullMarked;
